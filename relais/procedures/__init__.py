"""A public procedure as data: what it asks, of whom, and what changing it would do to real people.

Not here: the people themselves (`people`), their cases (`cases`), or the meeting that decides (`roundtables`).
Start at `terms.py` for the words, `assess.py` for what they mean, `replay.py` for the same over millions of people.
"""
