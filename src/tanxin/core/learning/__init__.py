"""Teaching the practice: questions made of the rules themselves, and rates that name nobody.

Pure values; what is said in words comes in as words.
"""
