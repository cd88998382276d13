"""Reference pages that are read off the product: roster columns, log events, permissions.

``write`` renews them, ``check`` says which differ. Pages and product cannot drift apart.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from rule_cases import rule_cases
from rule_language import rule_language
from tanxin.apps.audit.events import EVENTS
from tanxin.apps.org.roster.columns import kinds
from tanxin.cli.main import main as main_command
from tanxin.core.access import ALLOWED_BY

os.environ.setdefault("TANXIN_SECRET_KEY", "only-to-read-the-commands-" + "x" * 24)
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


def commands() -> Iterator[str]:
    yield "# Commands"
    yield ""
    yield "`tanxin COMMAND --help` says the same. Exit code 0 only on success."
    with click.Context(main_command, info_name="tanxin") as context:
        for name in main_command.list_commands(context):
            command = main_command.get_command(context, name)
            if command:
                yield from described(command, f"tanxin {name}", context)


def described(command: click.Command, path: str, context: click.Context) -> Iterator[str]:
    here = click.Context(command, info_name=path.rpartition(" ")[2], parent=context)
    if isinstance(command, click.Group):
        for name in command.list_commands(here):
            inner = command.get_command(here, name)
            if inner:
                yield from described(inner, f"{path} {name}", here)
        return
    arguments = [
        each.make_metavar(here) for each in command.params if each.param_type_name == "argument"
    ]
    yield ""
    yield f"## `{' '.join([path, *arguments])}`"
    yield ""
    yield " ".join((command.help or "").split())
    options = [
        each.get_help_record(here) for each in command.params if isinstance(each, click.Option)
    ]
    rows = [record for record in options if record]
    if rows:
        yield ""
        yield "| option | meaning |"
        yield "| --- | --- |"
        for flags, text in rows:
            shown = flags.replace("|", r"\|")
            yield f"| `{shown}` | {text} |"


PARTS = {
    "commands.md": commands,
    "rule-cases.md": rule_cases,
    "rule-language.md": rule_language,
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
