"""The way of cases as an OCEL 2.0 log any process miner reads: pseudonymous, coarse, without a word anyone wrote.

Start with trace.py, which says what is in it; sqlite.py and json.py write it down.
"""
