"""Reference pages that are read off the product: roster columns, log events, permissions.

``write`` renews them, ``check`` says which differ. Pages and product cannot drift apart.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from tanxin.apps.audit.events import EVENTS
from tanxin.apps.org.roster.columns import kinds
from tanxin.core.access import ALLOWED_BY

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "reference"
MADE = "<!-- Written by tools/reference.py. Do not edit. -->"


def roster_columns() -> Iterator[str]:
    yield "# Roster columns"
    yield ""
    yield "Sheets are recognised by their headings, files by their content. The first heading"
    yield "is the one an export writes; the others are understood too. Order does not matter."
    for kind in kinds().values():
        yield ""
        yield f"## {kind.title}"
        yield ""
        yield "| heading | also understood |"
        yield "| --- | --- |"
        for column in kind.columns:
            first, *others = column.heads
            yield f"| {first} | {'、'.join(others)} |"


def log_events() -> Iterator[str]:
    yield "# Events in the log"
    yield ""
    yield "| event | meaning |"
    yield "| --- | --- |"
    for event, meaning in EVENTS.items():
        yield f"| `{event}` | {meaning} |"


def permissions() -> Iterator[str]:
    yield "# Permissions"
    yield ""
    yield "Whoever stands in one of these relations to a row may; nobody else. A page, a list,"
    yield "a count and a command ask the same table."
    yield ""
    yield "| permission | allowed to |"
    yield "| --- | --- |"
    for permission, relations in ALLOWED_BY.items():
        yield f"| `{permission}` | {', '.join(sorted(relations))} |"


PARTS = {
    "roster-columns.md": roster_columns,
    "log-events.md": log_events,
    "permissions.md": permissions,
}


def main() -> int:
    stale = []
    for name, lines in PARTS.items():
        text = "\n".join([MADE, "", *lines(), ""])
        path = PAGES / name
        if sys.argv[1] == "write":
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(f"docs/reference/{name} is stale: python tools/reference.py write")
    for fault in stale:
        print(fault)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
