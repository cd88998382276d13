"""The way to the keeper: texts of records, personal columns. No tables, no keys on disk.

``client`` asks the keeper, never inside a transaction; ``pii`` seals columns with cached keys.
"""
