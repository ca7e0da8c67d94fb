"""The pages of organisations: the directory, members, joining, keys and lines."""
