"""What stopped or worried someone, in their words, without their identity; and what is needed most.

What the table makes of it is in roundtables. Start with models/barrier.py.
"""
