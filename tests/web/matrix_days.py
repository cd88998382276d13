ALL = {"ada": 200, "ben": 200, "cleo": 200, "dora": 200}

ROWS = [
    ("days:now", "get", lambda world: [], {"nobody": 302, "ada": 303, "ben": 303, "cleo": 303, "dora": 303}),
    ("days:year", "get", lambda world: [2026], {"nobody": 302, **ALL}),
    ("days:set", "post", lambda world: [], {"nobody": 302, "ada": 403, "ben": 403, "cleo": 403, "dora": 422}),
    ("days:clear", "post", lambda world: ["2026-11-28"], {"nobody": 302, "ada": 403, "ben": 403, "cleo": 403, "dora": 303}),
]  # fmt: skip
