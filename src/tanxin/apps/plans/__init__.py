"""Part 1, deployed: duties laid over the working days of a year, approved once and then followed.

A plan is a proposal of when; what is owed, and whether it was held, stands with the duties.
"""
