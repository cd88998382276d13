"""Part 1, who and whom: duties derived from the facts and the rule packs.

A duty keeps the rule, its version and the facts it rests on.
"""
