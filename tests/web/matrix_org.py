ALL = {"ada": 200, "ben": 200, "cleo": 200, "dora": 200}

ROWS = [
    ("org:chart", "get", lambda world: [], {"nobody": 302, **ALL}),
    ("org:search", "get", lambda world: [], {"nobody": 302, **ALL}),
    ("org:unit", "get", lambda world: [world.units["planning"]], {"nobody": 302, **ALL}),
    ("org:team", "get", lambda world: [world.teams["leaders"]], {"nobody": 302, **ALL}),
    ("org:person", "get", lambda world: [world.ben], {"nobody": 302, **ALL}),
]
