"""Talks on paper: who types the signed sheet, the initiator's look at it, and the scans.

Also the word of somebody without an account, on paper or read back to him.
"""
