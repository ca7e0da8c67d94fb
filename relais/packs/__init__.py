"""Reads a programme from a folder of text files, and checks, installs, lists and exports it.

Start with reader.py.
"""
