"""What the pages of duties and rules show: selections and counts, never names or words.

Each begins at a door (``access`` here or of org) and leaves withdrawn duties out.
"""
