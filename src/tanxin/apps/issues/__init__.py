"""Part 3, what follows: issues, measures and their verification by someone else.

The wording lives in archive.
"""
