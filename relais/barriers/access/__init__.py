"""Who reaches what was heard (heard.py) and what is ranked (needs.py)."""

from relais.barriers.access import heard, needs

__all__ = ["heard", "needs"]
