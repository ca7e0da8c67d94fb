"""Relais is where volunteers and public authorities co-create public services.

It records what volunteers hear, replays drafts of a procedure on real cases, and follows what changed.
Start at docs/decisions/ for why, at relais/procedures/ for the heart.
"""
