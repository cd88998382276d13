"""Before a talk: the sheet of who leads it, the topics of the other, outlines and guidance.

Composed here, because talks know nothing of the issues that came of earlier ones.
"""
