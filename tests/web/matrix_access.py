"""The five of every matrix; all others, and every state, stand in ``policy/access.csv``."""

from uuid import UUID

from talk_steps import recorded

ALL = {"nobody": 302, "ada": 200, "ben": 200, "cleo": 200, "dora": 200}
NONE = {"nobody": 302, "ada": 404, "ben": 404, "cleo": 404, "dora": 404}
NOT_THEIRS = {"nobody": 302, "ada": 403, "ben": 403, "cleo": 403, "dora": 403}
NO_ROW = UUID(int=7)


def nothing(world):
    return []


def no_row(world):
    return [NO_ROW]


def a_record(world):
    return [recorded(world).pk]


ROWS = [
    ("access:overview", "get", nothing, ALL),
    ("access:people", "get", nothing, ALL),
    ("access:roles", "get", nothing, NOT_THEIRS),
    ("access:roles", "post", nothing, NOT_THEIRS),
    ("access:take", "post", nothing, NOT_THEIRS),
    ("access:request", "get", no_row, NONE),
    ("access:decide", "post", no_row, NONE),
    ("access:review", "post", no_row, NONE),
    ("access:give_up", "post", no_row, NONE),
    ("access:ask", "get", a_record, {"nobody": 302, "ada": 403, "ben": 403, "cleo": 404, "dora": 403}),
    ("access:recuse_talk", "get", a_record, {"nobody": 302, "ada": 200, "ben": 200, "cleo": 404, "dora": 403}),
    ("access:recuse_issue", "get", no_row, NONE),
    ("access:recuse_person", "get", nothing, ALL),
    ("access:lift", "post", no_row, NONE),
    ("access:secretaries", "get", nothing, ALL),
    ("access:end_secretary", "post", no_row, NONE),
    ("access:arrange", "get", lambda world: [world.ada], NONE),
    ("access:propose", "get", lambda world: [world.ada], NONE),
    ("access:handovers", "get", nothing, ALL),
    ("access:handover", "get", no_row, NONE),
    ("access:sign", "post", no_row, NONE),
    ("access:arranged", "get", a_record, NONE),
]  # fmt: skip
