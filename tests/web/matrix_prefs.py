BACK = dict.fromkeys(("nobody", "ada", "ben", "cleo", "dora"), 302)

ROWS = [
    ("prefs:language", "post", lambda world: [], BACK),
    ("prefs:theme", "post", lambda world: [], BACK),
    ("prefs:print", "post", lambda world: [], BACK),
]
