"""Pages of hearing: record and read (hearing.py), share and answer (desk.py), what to do first (needs.py)."""
