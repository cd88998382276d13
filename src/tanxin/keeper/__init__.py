"""The key process: holds the keys, logs every release before it happens, answers over a socket.

Standard library and ``core.vault`` only; it never opens the application's database.
"""
