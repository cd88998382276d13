"""The organisation as it was on any day: chart, units, teams, people, search.

Everything here is open to every member, except contact details and sensitive states.
"""
