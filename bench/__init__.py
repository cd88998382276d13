"""What ``make bench`` measures: ours beside a floor of hand-written SQL, in the same run.

``facts`` fills a database, ``floor`` is the hand-written SQL, ``run`` times one database.
"""
