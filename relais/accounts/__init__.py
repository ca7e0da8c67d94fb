"""Who signs in: users, their language, how they recover access, and what they were typing when they left.

Roles live in organisations. Start with services.py.
"""
