"""The index: the open cases of a procedure as columns in memory and in a file, for a replay while someone waits.

It is never the source of truth: it is built from the database in one pass, follows the journal, and can be dropped at will.
Start at current.py; what it keeps of each case is in columns.py, how it is kept on disk in files.py. What the table sees of it
holds still until enough people changed: settled.py.
"""

from relais.cases.index.current import build, check, current_columns, drop, size_of
from relais.cases.index.settled import settled_caseload

__all__ = ["build", "check", "current_columns", "drop", "settled_caseload", "size_of"]
