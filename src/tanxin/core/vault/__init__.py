"""Sealing bytes and proving what was logged: header, suites, envelope, key tree, leaves.

Bytes in, bytes out. The only outside thing is the random source of a ``Provider``.
"""
