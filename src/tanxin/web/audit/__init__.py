"""The log for its auditors: entries, proofs, checkpoints, and all of it to take away.

Looking at it is itself an entry. Nothing here opens a text.
"""
