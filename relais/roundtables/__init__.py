"""Where volunteers and authorities meet, agree, and follow up what they promised.

Start with models/meeting.py, then services/. What a draft would do is asked of procedures.replay.
"""
