"""Territories from ISO 3166 and the levels below them, with names in each language.

It knows no organisation and no person. Start with models.Territory.
"""
