"""The log is for auditors: of the five, nobody is one."""

CLOSED = {"nobody": 302, "ada": 403, "ben": 403, "cleo": 403, "dora": 403}


def nothing(world):
    return []


def an_entry(world):
    return [0]


ROWS = [
    ("audit:log", "get", nothing, CLOSED),
    ("audit:releases", "get", nothing, CLOSED),
    ("audit:checkpoints", "get", nothing, CLOSED),
    ("audit:export", "post", nothing, CLOSED),
    ("audit:verifier", "get", nothing, CLOSED),
    ("audit:entry", "get", an_entry, CLOSED),
]
