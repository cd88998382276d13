"""Statistics of a quarter: counted once, kept as they were, and told so that nobody is found.

Coverage as it stands, with the list behind it, is in ``apps.duties.reading``.
"""
