"""Associations, authorities and other partners; who belongs to them and in which role.

Invitations by QR, recovery and API tokens are here too. Start with services.py.
"""
