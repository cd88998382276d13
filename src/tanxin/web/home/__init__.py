"""The first page: everything that waits for this person, once each, the most urgent first.

Who has nothing to do is told what the page is for and where to begin.
"""
