"""Who did what, and who read whose identity: an append-only, hash-chained journal.

It keeps labels and ids and no foreign keys, so erasing someone never breaks it. Start with services.write.
"""
