from uuid import uuid4

PERSONAS = ("nobody", "ada", "ben", "cleo", "dora")


def nothing(world):
    return []


def everybody(status, **others):
    return dict.fromkeys(PERSONAS, status) | others


ROWS = [
    ("login:second", "get", nothing, everybody(303)),
    ("login:second", "post", nothing, everybody(303)),
    ("login:confirm", "get", nothing, everybody(200, nobody=302)),
    ("login:confirm", "post", nothing, everybody(422, nobody=302)),
    ("login:reset", "get", nothing, everybody(200)),
    ("login:reset", "post", nothing, everybody(422)),
    # Only a security administrator, and he only for somebody who is there.
    ("login:code", "get", lambda world: [world.ben], everybody(403, nobody=302)),
    ("login:code", "post", lambda world: [world.ben], everybody(403, nobody=302)),
    ("prefs:security", "get", nothing, everybody(200, nobody=302)),
    ("prefs:password", "get", nothing, everybody(200, nobody=302)),
    ("prefs:password", "post", nothing, everybody(200, nobody=302)),
    ("prefs:app", "get", nothing, everybody(200, nobody=302)),
    ("prefs:app", "post", nothing, everybody(200, nobody=302)),
    ("prefs:passkey", "get", nothing, everybody(200, nobody=302)),
    ("prefs:passkey", "post", nothing, everybody(200, nobody=302)),
    ("prefs:codes", "post", nothing, everybody(404, nobody=302)),
    ("prefs:take-factor", "post", lambda world: [7], everybody(404, nobody=302)),
    ("prefs:end-others", "post", nothing, everybody(303, nobody=302)),
    ("prefs:end-session", "post", lambda world: [uuid4()], everybody(404, nobody=302)),
]
