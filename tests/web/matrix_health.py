ALL = dict.fromkeys(("nobody", "ada", "ben", "cleo", "dora"), 200)

ROWS = [("health:health", "get", lambda world: [], ALL)]
