"""Something that is for another body to deal with: handed over in few words, by two people.

Nothing here points back to a talk or an issue, and nobody else finds that there is anything.
"""
