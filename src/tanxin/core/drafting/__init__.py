"""A pack while it is written: its source as plain values, changed here and there, checked in place.

The source text is YAML and stays what its writer made it, wherever nothing was changed.
"""
