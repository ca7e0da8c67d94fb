"""Limits and first words, on plain values."""

MOST_PEOPLE = 100_000
HIGHEST_SCORE = 4
HIGHEST_WEIGHT = 10
