import json
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanxin.apps.duties.tasks import derive_changed
from tanxin.apps.org import intake
from tanxin.apps.org.intake.words import GROUPS, doubt_sentence
from tanxin.apps.org.roster.words import sentence
from tanxin.apps.org.services import founder
from tanxin.cli.marked_files import refuse_marked
from tanxin.cli.realms import chosen_realm
from tanxin.core.access import Actor

SEVERITIES = {
    "error": gettext_lazy("must be mended"),
    "question": gettext_lazy("question"),
    "note": gettext_lazy("note"),
}


@click.group()
def command() -> None:
    """Bring data in."""


@command.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--realm", help="Name or id; not needed where there is one realm.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@click.option("--accept-good", is_flag=True, help="Take in the good rows, leave the others out.")
@click.option("--complete", is_flag=True, help="Whoever is not in the file has left.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Default: today.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.option("--language", default="zh-hans", show_default=True, help="zh-hans or en.")
def roster(path: Path, realm: str | None, as_of: datetime | None, **how: Any) -> None:  # noqa: ANN401 - click's options
    """Import a roster: .xlsx, .csv, .lrmx, .lrm, a folder or a .zip of them.

    Exit code 0 only if the file was clean and (without --dry-run) everything was written.
    """
    actor = founder(chosen_realm(realm))
    refuse_marked(actor, path)
    on = as_of.date() if as_of else timezone.localdate()
    with progress(quiet=how["as_json"]) as show:
        seen = intake.examine(
            actor, path.name, path, on=on, complete=how["complete"], progress=show
        )
    with translation.override(how["language"]):
        report(seen, as_json=how["as_json"])
        if not how["dry_run"]:
            write(actor, seen, accept_good=how["accept_good"], quiet=how["as_json"])
    sys.exit(0 if seen.is_clean else 1)


def write(actor: Actor, seen: intake.Examination, *, accept_good: bool, quiet: bool) -> None:
    try:
        done = intake.take_in(actor, seen, at=timezone.now(), accept_good=accept_good)
    except intake.RosterHasFaults:
        raise click.ClickException(
            _("Nothing was written. Mend the rows above, or add --accept-good.")
        ) from None
    except intake.NothingGood:
        raise click.ClickException(_("Nothing was written: the file cannot be read.")) from None
    enqueue(actor.realm_id, done)
    if not quiet:
        click.echo(_("%(n)s changes written.") % {"n": done.steps})


def enqueue(realm_id: UUID, done: intake.TakenIn) -> None:
    if done.touched:
        derive_changed.enqueue(str(realm_id), sorted(map(str, done.touched)), "roster imported")


def report(seen: intake.Examination, *, as_json: bool) -> None:
    counts = {str(group): count for group, count in seen.difference.counts.items()}
    findings = [
        {"severity": finding.severity.value, "code": finding.code, "text": sentence(finding)}
        for finding in seen.roster.findings
    ]
    doubts = [
        {"severity": "error", "code": doubt.code, "text": doubt_sentence(doubt)}
        for doubt in seen.difference.doubts
    ]
    if as_json:
        whole = {"clean": seen.is_clean, "changes": counts, "findings": findings + doubts}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
        return
    for finding in findings + doubts:
        click.echo(f"[{SEVERITIES[finding['severity']]}] {finding['text']}")
    for group, count in seen.difference.counts.items():
        click.echo(f"{GROUPS[group]}  {count}")
    if not counts:
        click.echo(_("No change."))


def progress(*, quiet: bool) -> AbstractContextManager[Callable[[int, int], None] | None]:
    """A bar on a terminal, nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        return nullcontext()
    return Bar()


class Bar(AbstractContextManager[Callable[[int, int], None]]):
    def __init__(self) -> None:
        self.bar: Any = click.progressbar(length=1, label="Reading", file=sys.stderr)

    def __enter__(self) -> Callable[[int, int], None]:
        self.bar.__enter__()
        return self.show

    def show(self, done: int, total: int) -> None:
        self.bar.length = max(total, 1)
        self.bar.update(done - self.bar.pos)

    def __exit__(self, *problem: object) -> None:
        self.bar.__exit__(*problem)
