"""Wiring: settings, urls, servers. Nothing may import it."""
