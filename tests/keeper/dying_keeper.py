"""A keeper that is killed at one line: ``dying_keeper.py LINE COUNT_FILE ARGUMENTS…``.

Lines are counted from the moment an ``open`` is authorised (its operation is called) until its
answer was sent. With LINE 0 it lives, and writes how many there were.
"""

import os
import signal
import sys
import threading
from pathlib import Path

from tanxin.keeper import __main__ as keeper

die_at, count_file = int(sys.argv[1]), Path(sys.argv[2])
counted = {"lines": 0, "thread": None}


def watch(frame, event, _):
    name = frame.f_code.co_name
    if "/tanxin/" not in frame.f_code.co_filename:
        return None
    if event == "call" and name == "open_":
        counted["thread"] = threading.get_ident()
    return count


def count(frame, event, _):
    if counted["thread"] != threading.get_ident():
        return count
    if event == "line":
        counted["lines"] += 1
        if counted["lines"] == die_at:
            os.kill(os.getpid(), signal.SIGKILL)
    if event == "return" and frame.f_code.co_name == "_send":
        counted["thread"] = None
    return count


threading.settrace(watch)
code = keeper.main(sys.argv[3:])
count_file.write_text(str(counted["lines"]))
sys.exit(code)
