"""What the partnership changed: indicators, periods, and the living figure of co-creation.

Small counts are hidden with kernel.disclosure. Start with indicators.py.
"""
