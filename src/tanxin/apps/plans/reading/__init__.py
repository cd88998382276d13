"""What the pages of plans show: selections and counts, never names or words.

Each begins at the door of ``access``.
"""
