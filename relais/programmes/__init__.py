"""Partnerships between volunteers and the state: partners, contributions, interactions, outcomes.

What happened in them lives above. Start with models.Programme.
"""
