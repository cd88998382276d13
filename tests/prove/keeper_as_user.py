"""Runs the keeper as its own user: ``keeper_as_user.py UID WEB_GID ARGUMENTS…``, started by root.

Everything is imported before root is given up: Python itself may lie where only root may read.
"""

import locale  # noqa: F401 - argparse would look for it later
import os
import sys

from tanxin.keeper.__main__ import main

uid, web_gid = int(sys.argv[1]), int(sys.argv[2])
os.setgroups([web_gid])
os.setresgid(uid, uid, uid)
os.setresuid(uid, uid, uid)
sys.exit(main(sys.argv[3:]))
