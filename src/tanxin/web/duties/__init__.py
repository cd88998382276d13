"""Pages of part 1: my duties, the pair matrix, coverage, and "why must I?".

Written apart from the deriving; selectors of these pages are in apps/duties/views_of.py.
"""
