import json
import re
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
from tanxin.cli.rules_compared import (
    AS_JSON,
    LANGUAGE,
    REALM,
    diff,
    preview,
    say_faults,
    show,
)
from tanxin.core.access import Actor
from tanxin.core.policy import Fault, Pack, load_packs, notes_on
from tanxin.core.policy.cases import Case, CaseUnreadable, cases_in, misses
from tanxin.packs import LIBRARY, SHIPPED, shipped_sources

_PACK = re.compile(r"^pack:\s*(\S+)", re.MULTILINE)
_EXTENDS = re.compile(r"^extends:(.*?)^\S", re.MULTILINE | re.DOTALL)
_NAME = re.compile(r"[a-z][a-z0-9-]*")


@click.group()
def command() -> None:
    """Rule packs: check them, try them, put them in force."""


for part in (show, diff, preview):
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
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
@LANGUAGE
def cases(path: Path, language: str) -> None:
    """Run the cases beside the packs under a folder, and say what came out otherwise.

    A case tells an organisation in a few lines, which duties are expected and which must not be.
    Exit code 1 if anything came out otherwise.
    """
    own = sources_of(path)
    packs = load_packs({**shipped_besides(own, LIBRARY), **own}).packs
    files = sorted(file for file in path.rglob("cases/*.y*ml"))
    if not files:
        raise click.ClickException(f"No cases/*.yaml in {path}.")
    wrong = 0
    with translation.override(language):
        for file in files:
            wrong += tried_all(file, packs)
    sys.exit(1 if wrong else 0)


def tried_all(file: Path, packs: Iterable[Pack]) -> int:
    try:
        return sum(tried(case, packs) for case in cases_in(file.read_text(encoding="utf-8")))
    except CaseUnreadable as problem:
        click.echo(f"✗ {file}: {problem}")
        return 1


def tried(case: Case, packs: Iterable[Pack]) -> int:
    """Say how a case came out; return how much was otherwise."""
    meant = [pack for pack in packs if pack.id in case.get("packs", ())]
    try:
        otherwise = misses(case, meant)
    except CaseUnreadable as problem:
        click.echo(f"✗ {case.get('case', '')}: {problem}")
        return 1
    click.echo(f"{'✗' if otherwise else '✓'} {case.get('case', '')}")
    for miss in otherwise:
        said = ", ".join(f"{key}: {value}" for key, value in miss.said.items())
        told = _("wanted %(wanted)s times, came %(found)s times: %(said)s")
        click.echo("    " + told % {"wanted": miss.wanted, "found": miss.found, "said": said})
    return len(otherwise)


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


def sources_of(path: Path) -> dict[str, str]:
    files: Iterable[Path] = [path]
    if path.is_dir():
        found = sorted([*path.rglob("*.yaml"), *path.rglob("*.yml")])
        files = [file for file in found if "cases" not in file.relative_to(path).parts[:-1]]
    return {str(file): file.read_text(encoding="utf-8", errors="replace") for file in files}


def extended(sources: dict[str, str]) -> list[str]:
    """What everybody has beside him, and the examples that the sources name as above them.

    The words of other examples are not known to a pack that does not extend them.
    """
    above = " ".join(found for text in sources.values() for found in _EXTENDS.findall(text))
    return [name for name in LIBRARY if name in SHIPPED or name in _NAME.findall(above)]


def shipped_besides(sources: dict[str, str], names: Iterable[str]) -> dict[str, str]:
    """The shipped packs of these names, unless they are what is checked."""
    own = {name for text in sources.values() for name in _PACK.findall(text)}
    names = [name for name in names if name not in own]
    return shipped_sources(*names) if names else {}


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
