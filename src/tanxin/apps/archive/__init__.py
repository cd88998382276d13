"""Text people confide: sealed records in versions, their parties, and drafts.

No other app stores what was said.
"""
