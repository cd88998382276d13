"""What leaves the system, put together: ledgers, reports on a period, what a meeting needs.

It reads through the doors of the apps below and changes nothing of theirs; no text of a talk.
"""
