"""Telling people outside that something waits for them: when, to whom, and what became of it.

What waits is read where it is; nothing here says what it is about.
"""
