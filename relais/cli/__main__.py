"""Lets `python -m relais.cli` be the `relais` command."""

from relais.cli.main import run

if __name__ == "__main__":
    run()
