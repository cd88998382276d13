"""The facts: units, persons, posts, teams, charges, branches, contacts, states, events.

All dated and sourced; any past day can be asked.
"""
