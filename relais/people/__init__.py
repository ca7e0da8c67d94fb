"""The least we must know of someone: a code, what a procedure asks about, and a sealed identity.

What happens to them is in cases. Start with models.Person, then services.
"""
