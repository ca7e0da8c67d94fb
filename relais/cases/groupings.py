"""What people on their way are counted by, wherever cases are turned into columns."""

GROUPINGS = ("sex", "age_band", "disability", "status", "territory", "language")
AGE_BANDS = {"0-17": 0, "18-27": 18, "28-59": 28, "60+": 60}
"""The first year of each band."""
