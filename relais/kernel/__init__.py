"""What every floor stands on: clock, ids, refusals, vault, page decorators, periods, translated text.

It has no tables and knows no app. Start with pages.py (how a page reads or writes) and refusals.py.
"""
