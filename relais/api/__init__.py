"""The door for programs: JSON under /api/, with OpenAPI, tokens and problem details.

Start with urls.py.
"""
