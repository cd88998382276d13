"""Part 5, teaching: clauses and the duties they make, cases, a short course, what one has read.

It shows nobody how far somebody else has come.
"""
