"""Runs in a process of its own: what each file of a folder costs until it is refused.

``python refusing.py admit|roster FOLDER`` prints a line of JSON: per file the code, seconds of this
process and of the clock; and the most memory in MiB that was ever held.
"""

import json
import sys
import time
from pathlib import Path


def attach(path):
    from tanxin.core.uploads import FileRefused, admit  # noqa: PLC0415 - only what is measured

    try:
        admit(path.name, path.read_bytes())
    except FileRefused as refused:
        return refused.code
    return ""


def read(path):
    from tanxin.apps.org.roster import read_roster  # noqa: PLC0415 - only what is measured

    roster = read_roster(path.name, path.read_bytes())
    return "" if roster.people else ",".join(finding.code for finding in roster.findings)


def most_memory():
    """Not from getrusage: that counts what the parent held when this process was forked."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise LookupError


def main():
    take = {"admit": attach, "roster": read}[sys.argv[1]]
    told = {}
    for path in sorted(Path(sys.argv[2]).iterdir()):
        clock, work = time.perf_counter(), time.process_time()
        code = take(path)
        told[path.name] = (code, time.process_time() - work, time.perf_counter() - clock)
    print(json.dumps({"files": told, "most_mib": most_memory()}))


if __name__ == "__main__":
    main()
