"""Pages about cases: lists, one case, what is planned, what was handed over."""
