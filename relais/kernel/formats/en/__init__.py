"""English as it is read from Bishkek to Dakar."""
