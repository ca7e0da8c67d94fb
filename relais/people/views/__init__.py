"""Pages about people, for the desk and the phone, and each person's own page."""
