"""Where one can go: offices, centres and services, what they ask for, and whether it is safe.

Start with models.Office.
"""
