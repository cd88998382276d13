"""Emil owns and Dora verifies the measure of what Ben raised in a talk with Ada."""

from issue_builders import held_talk, issue_in


def at(stage):
    return lambda world: [issue_in(world, stage)]


def own_list(world):
    return []


ROWS = [
    (
        "issues:mine", "get", own_list,
        {"nobody": 302, "ada": 200, "ben": 200, "cleo": 200, "dora": 200},
    ),
    (
        "issues:issue", "get", at("raised"),
        {"nobody": 302, "ada": 200, "ben": 200, "cleo": 404, "dora": 404},
    ),
    (
        "issues:issue", "get", at("answered"),
        {"nobody": 302, "ada": 200, "ben": 200, "cleo": 404, "dora": 200},
    ),
    (
        "issues:raise", "get", lambda world: [held_talk(world).pk],
        {"nobody": 302, "ada": 200, "ben": 403, "cleo": 404, "dora": 403},
    ),
    (
        "issues:raise", "post", lambda world: [held_talk(world).pk],
        {"nobody": 302, "ada": 422, "ben": 403, "cleo": 404, "dora": 403},
    ),
    (
        "issues:raise_draft", "post", lambda world: [held_talk(world).pk],
        {"nobody": 302, "ada": 303, "ben": 403, "cleo": 404, "dora": 403},
    ),
    (
        "issues:draft", "post", lambda world: [issue_in(world, "reported"), "verify"],
        {"nobody": 302, "ada": 403, "ben": 403, "cleo": 404, "dora": 303},
    ),
    (
        "issues:draft", "post", lambda world: [issue_in(world, "verified"), "answer"],
        {"nobody": 302, "ada": 303, "ben": 403, "cleo": 404, "dora": 403},
    ),
    (
        "issues:assign", "get", at("assigned"),
        {"nobody": 302, "ada": 200, "ben": 403, "cleo": 404, "dora": 403},
    ),
    (
        "issues:assign", "post", at("raised"),
        {"nobody": 302, "ada": 422, "ben": 403, "cleo": 404, "dora": 404},
    ),
    (
        "issues:report", "post", at("assigned"),
        {"nobody": 302, "ada": 403, "ben": 403, "cleo": 404, "dora": 403},
    ),
    (
        "issues:verify", "get", at("reported"),
        {"nobody": 302, "ada": 403, "ben": 403, "cleo": 404, "dora": 200},
    ),
    (
        "issues:verify", "post", at("reported"),
        {"nobody": 302, "ada": 403, "ben": 403, "cleo": 404, "dora": 422},
    ),
    (
        "issues:answer", "get", at("verified"),
        {"nobody": 302, "ada": 200, "ben": 403, "cleo": 404, "dora": 403},
    ),
    (
        "issues:answer", "post", at("verified"),
        {"nobody": 302, "ada": 422, "ben": 403, "cleo": 404, "dora": 403},
    ),
]  # fmt: skip
