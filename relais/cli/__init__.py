"""The `relais` command."""
