"""The log of every change, one Merkle-hashed chain per realm.

A leaf is written as the last statement of the change's own transaction; nothing rewrites it.
"""
