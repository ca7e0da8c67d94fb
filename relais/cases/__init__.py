"""One person through one procedure, with someone beside them, until an outcome.

What stopped them is told in barriers. Start with models/case.py, then services/.
"""
