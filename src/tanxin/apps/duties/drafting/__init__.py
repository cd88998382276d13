"""The rule clerk's drafts: begun, changed, taken back, proposed, and put in force by another.

No page writes a rule that counts; only what a second person approved does.
"""
