"""Part 5: what came of the talks in a year, by unit: declared schemes, frozen results, appeals.

Only units have a result. Nobody has one himself, least of all the one talked with.
"""
