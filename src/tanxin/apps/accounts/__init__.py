"""Logins and their preferences, without names.

Who an account is in a realm is said by the membership rows of org.
"""
