"""Volunteers at work: for now, training and the gate it keeps; teams and shifts come here too.

Start with models.Course and services.
"""
