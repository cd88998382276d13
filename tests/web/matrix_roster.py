from uuid import UUID

NOT_MINE = {"nobody": 302, "ada": 403, "ben": 403, "cleo": 403}
NO_FILE = UUID(int=7)

ROWS = [
    ("roster:start", "get", lambda world: [], {**NOT_MINE, "dora": 200}),
    ("roster:start", "post", lambda world: [], {**NOT_MINE, "dora": 422}),
    ("roster:template", "get", lambda world: [], {**NOT_MINE, "dora": 200}),
    ("roster:export", "post", lambda world: ["xlsx"], {**NOT_MINE, "dora": 200}),
    ("roster:check", "get", lambda world: [NO_FILE], {**NOT_MINE, "dora": 404}),
    ("roster:apply", "post", lambda world: [NO_FILE], {**NOT_MINE, "dora": 404}),
    ("roster:discard", "post", lambda world: [NO_FILE], {**NOT_MINE, "dora": 303}),
]
