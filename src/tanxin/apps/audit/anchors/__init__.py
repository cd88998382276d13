"""Checkpoints outside the database: a directory that only grows, one folder per realm.

``keys``, ``notes/DAY/CHANGES-RELEASES.note``, and per log the hashes of its leaves and subtrees.
"""
