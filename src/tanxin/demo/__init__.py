"""The invented organisation of ``tanxin demo``: its files, its people and a year of their talks.

Everything here is made up from a fixed seed and dated relative to the day of seeding.
"""
