import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import click
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tanxin.apps.duties import services
from tanxin.apps.duties.drafting import publishing
from tanxin.apps.duties.drafting.writing import TextTooLong
from tanxin.apps.duties.fault_words import mend, sentence
from tanxin.apps.org.services import founder
from tanxin.cli.realms import chosen_realm
from tanxin.cli.rules_cases import cases
from tanxin.cli.rules_compared import (
    AS_JSON,
    LANGUAGE,
    REALM,
    diff,
    preview,
    say_faults,
    show,
)
from tanxin.cli.rules_sources import extended, shipped_besides, sources_of
from tanxin.core.access import Actor
from tanxin.core.policy import Fault, load_packs, notes_on
from tanxin.packs import LIBRARY, shipped_sources


@click.group()
def command() -> None:
    """Rule packs: check them, try them, put them in force."""


for part in (cases, show, diff, preview):
    command.add_command(part)


@command.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The faults as JSON.")
@LANGUAGE
def check(path: Path, language: str, *, as_json: bool) -> None:
    """Check a pack, or all packs under a folder; cases beside them are left aside.

    Each fault names file, line, what is wrong and how to mend it. Exit code 1 if there is any.
    Rules that speak of the same people are noted: one talk meets both, or none can.
    """
    sources = sources_of(path)
    if not sources:
        raise click.ClickException(f"No .yaml file in {path}.")
    checked = load_packs({**shipped_besides(sources, extended(sources)), **sources})
    faults = [fault for fault in checked.faults if fault.file in sources]
    above = {name for pack in checked.packs if pack.file in sources for name in pack.extends}
    beside = [pack for pack in checked.packs if pack.file in sources or pack.id in above]
    notes = [note for note in notes_on(beside) if note.file in sources]
    with translation.override(language):
        report(faults, len(sources), notes, as_json=as_json)
    sys.exit(1 if faults else 0)


@command.command()
@click.argument("names", nargs=-1)
@click.option(
    "--file",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A pack of your own; may be given several times.",
)
@REALM
@click.option("--start", type=click.DateTime(["%Y-%m-%d"]), help="Default: today.")
@AS_JSON
@LANGUAGE
def publish(
    names: tuple[str, ...],
    files: tuple[Path, ...],
    realm: str | None,
    start: datetime | None,
    language: str,
    *,
    as_json: bool,
) -> None:
    """Put shipped packs (by name) in force, and propose packs of one's own (--file).

    What is proposed is in force once an organiser or supervisor has approved it on its page. Only
    where nobody holds such a role yet, as in a new realm, it is in force at once.
    """
    unknown = sorted(set(names) - set(LIBRARY))
    if unknown or not (names or files):
        raise click.ClickException(f"Name shipped packs ({', '.join(LIBRARY)}) or give --file.")
    with translation.override(language):
        actor = founder(chosen_realm(realm))
    now, today = timezone.now(), timezone.localdate()
    day = start.date() if start else today
    with translation.override(language):
        try:
            done, proposed = put(actor, names, files, Days(day, today, now))
        except REFUSED as problem:
            refuse(problem, files, as_json=as_json)
        say_published(done, proposed, day, as_json=as_json)


@dataclass(frozen=True, slots=True)
class Days:
    """From when it is to be in force, and what day and moment it is."""

    start: date
    today: date
    at: datetime


def put(
    actor: Actor, names: Iterable[str], files: Iterable[Path], days: Days
) -> tuple[list[str], list[str]]:
    """What is in force now, and what waits for a second person."""
    sources = shipped_sources(*names) if names else {}
    proposed = []
    if sources:
        services.put_in_force(actor, sources, start=days.start, at=days.at)
    own = {}
    for path in files:
        text = path.read_text(encoding="utf-8", errors="replace")
        if publishing.publish_text(actor, text, start=days.start, today=days.today, at=days.at):
            proposed.append(str(path))
        else:
            own[str(path)] = text
    done = services.put_in_force(actor, own, start=days.start, at=days.at) if own else ()
    return [*names, *done], proposed


REFUSED = (
    services.PacksHaveFaults,
    services.VersionIsTaken,
    publishing.DraftHasFaults,
    publishing.StartIsPast,
    TextTooLong,
)


def refuse(problem: Exception, files: Iterable[Path], *, as_json: bool) -> NoReturn:
    if isinstance(problem, services.PacksHaveFaults):
        report(problem.faults, 0, as_json=as_json)
        sys.exit(1)
    if isinstance(problem, publishing.DraftHasFaults):
        say_faults(", ".join(map(str, files)), problem.faults, as_json=as_json)
        sys.exit(1)
    if isinstance(problem, services.VersionIsTaken):
        said = _("%(version)s is in force already; give the changed pack a new version.")
        raise click.ClickException(said % {"version": problem})
    if isinstance(problem, publishing.StartIsPast):
        raise click.ClickException(_("The day it would begin is past. Choose another."))
    raise click.ClickException(_("It is too long for a pack."))


def say_published(
    done: Iterable[str], proposed: Iterable[str], day: date, *, as_json: bool
) -> None:
    if as_json:
        found = {"start": day.isoformat(), "in_force": done, "proposed": proposed}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    if done:
        said = _("In force from %(day)s: %(packs)s.")
        click.echo(said % {"day": day, "packs": ", ".join(done)})
    if proposed:
        said = _("Proposed, in force once a second person has approved it: %(packs)s.")
        click.echo(said % {"packs": ", ".join(proposed)})


def report(
    faults: Iterable[Fault], files: int, notes: Iterable[Fault] = (), *, as_json: bool
) -> None:
    faults = sorted(faults, key=lambda fault: (fault.file, fault.line))
    if as_json:
        rows = [
            {
                "file": fault.file,
                "line": fault.line,
                "code": fault.code,
                "fault": sentence(fault),
                "mend": mend(fault),
            }
            for fault in (*faults, *notes)
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for fault in faults:
        click.echo(f"{fault.file}:{fault.line}: {sentence(fault)}")
        if mend(fault):
            click.echo("    " + mend(fault).replace("\n", "\n    "))
    if not faults:
        click.echo(_("%(n)s files, no fault.") % {"n": files})
    for note in notes:
        click.echo(f"{note.file}:{note.line}: {sentence(note)}")
