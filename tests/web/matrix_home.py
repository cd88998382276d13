"""The first page, the door, tastes, and the page for machines."""

ANYBODY = ("nobody", "ada", "ben", "cleo", "dora")


def nothing(world):
    return []


def everybody(status, **others):
    return dict.fromkeys(ANYBODY, status) | others


ROWS = [
    ("home:home", "get", nothing, everybody(200, nobody=302)),
    ("home:first_steps", "post", nothing, everybody(303, nobody=302)),
    ("login:login", "get", nothing, everybody(303, nobody=200)),
    ("login:login", "post", nothing, everybody(422)),
    ("login:demo", "get", nothing, everybody(405)),
    ("login:demo", "post", nothing, everybody(404)),
    ("login:logout", "get", nothing, everybody(405)),
    ("login:logout", "post", nothing, everybody(303)),
    ("prefs:language", "post", nothing, everybody(302)),
    ("prefs:theme", "post", nothing, everybody(302)),
    ("prefs:print", "post", nothing, everybody(302)),
    ("health:health", "get", nothing, everybody(200)),
]
