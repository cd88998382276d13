"""What somebody has besides a password: an app with codes, recovery codes, passkeys.

The algorithms and the table are allauth's; what it stores is sealed first.
"""
