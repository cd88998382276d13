"""Answers to all of a unit, and the summaries a unit hands up: de-identified, by two people.

A published answer is read by everybody of its unit, so it is sealed under the realm's own key.
"""
