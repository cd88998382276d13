"""One's own talks in a calendar outside: a secret address to subscribe to, a file for one talk.

What leaves holds time, place and one word that is the same for every kind of talk.
"""
