"""The log of every change: one gap-free chain of leaves per realm, written with the change itself.

What was opened is in the keeper's own log; both have the leaf form of ``core.vault.leaf``.
"""
