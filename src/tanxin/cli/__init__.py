"""The ``tanxin`` command: one file per group of commands.

Exit code 0 only on success; ``--json`` where a script may want it.
"""

from tanxin.cli.main import main

__all__ = ["main"]
