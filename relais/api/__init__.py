"""The door for programs: JSON under /api/, with OpenAPI, tokens and problem details.

A module a subject, each a thin door to the services the pages call; nothing is decided and nothing is written here.
Start with urls.py; shapes.py says what may leave.
"""
