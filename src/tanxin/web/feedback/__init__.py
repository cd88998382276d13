"""What leaves the two of a talk: told to a department, answered to all, handed up in a summary.

Every text is looked at for words that lead to its source, and by a second person.
"""
