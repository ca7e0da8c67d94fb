"""Who may do what: verbs, roles, and the one lock that web, field, API and command line share.

It has no tables and knows no app. Apps register what a verb reaches (`@reach`) and where roles come from
(`@role_source`) in their access.py. Start with roles.py, then lock.py.
"""
