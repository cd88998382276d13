"""The working calendar: a year at a glance, and the days an organisation sets itself.

Deadlines in working days are counted with it.
"""
