"""``tanxin audit``: check the log, take it away, sign how far it has come."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import click
from django.utils import timezone

from tanxin import verifier
from tanxin.apps.archive.resealed import not_followed, not_in_the_log
from tanxin.apps.audit.anchors.files import AnchorDiffers
from tanxin.apps.audit.checkpoints import LogRewritten, take_checkpoint
from tanxin.apps.audit.exporting import export_lines
from tanxin.apps.audit.verifying import verify_log
from tanxin.apps.realms.selectors import named_realms, realm_ids
from tanxin.apps.sealing.asking import KeeperRefused
from tanxin.apps.sealing.connection import KeeperUnavailable
from tanxin.cli.audit_restored import AWAY, restored
from tanxin.cli.realms import chosen_realm

FILE = click.Path(exists=True, path_type=Path)


@click.group()
def command() -> None:
    """The log of every change, and of every text that was opened."""


command.add_command(restored)


@command.command()
@click.option("--realm", help="Name or id; all where left out.")
@click.option("--checkpoints", "folders", type=FILE, multiple=True, help="A copy kept elsewhere.")
@click.option("--receipt", "receipts", type=FILE, multiple=True, help="What somebody was given.")
@click.option("--key", "keys", multiple=True, help="Trust checkpoints of this key only.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def verify(
    realm: str | None,
    folders: tuple[Path, ...],
    receipts: tuple[Path, ...],
    keys: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Check the database against its checkpoints; exit code 1 and the first bad entry if not OK."""
    asked = [chosen_realm(realm)] if realm else realm_ids()
    reports = {}
    for realm_id in asked:
        try:
            report = verify_log(
                realm_id, at=timezone.now(), folders=folders, receipts=receipts, keys=keys
            )
            reports[str(realm_id)] = with_texts(realm_id, report)
        except (KeeperUnavailable, KeeperRefused):
            raise click.ClickException(AWAY) from None
        except verifier.Unreadable as reason:
            raise click.ClickException(str(reason)) from None
    if as_json:
        whole = {realm: json.loads(verifier.as_json(one)) for realm, one in reports.items()}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
    else:
        names = named_realms()
        for name, report in reports.items():
            click.echo(f"{names[UUID(name)]}: {verifier.tell(report)}")
    sys.exit(0 if all(report.verdict == "OK" for report in reports.values()) else 1)


def with_texts(realm_id: UUID, report: verifier.Report) -> verifier.Report:
    """Add the texts whose bytes are not those of their digest, sealed anew in the keeper's log."""
    texts = dict.fromkeys([*not_followed(realm_id), *not_in_the_log(realm_id)])
    wrong = [verifier.Problem("RESEALED", facts={"place": str(text)}) for text in texts]
    return replace(report, problems=[*report.problems, *wrong])


@command.command()
@click.argument("to", type=click.Path(path_type=Path))
@click.option("--realm", help="Name or id; not needed for a directory or where there is one realm.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def export(to: Path, realm: str | None, *, as_json: bool) -> None:
    """Write the log without details, its checkpoints and public keys, to a file or directory."""
    asked = realm_ids() if to.is_dir() and not realm else [chosen_realm(realm)]
    written = {}
    for realm_id in asked:
        path = to / f"{realm_id}.ndjson" if to.is_dir() else to
        try:
            lines = write_export(realm_id, path)
        except (KeeperUnavailable, KeeperRefused):
            raise click.ClickException(AWAY) from None
        written[str(path)] = lines
        if not as_json:
            click.echo(f"{path}: {lines} lines. Check it anywhere with: python verifier.py {path}")
    if as_json:
        click.echo(json.dumps(written))


def write_export(realm_id: UUID, path: Path) -> int:
    count = 0
    with path.open("xb") as file:
        for line in export_lines(realm_id, at=timezone.now()):
            file.write(line)
            count += 1
    return count


@command.command()
@click.option("--realm", help="Name or id; all where left out.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def checkpoint(realm: str | None, *, as_json: bool) -> None:
    """Have the keeper sign how far the logs have come, and write it outside the database."""
    asked = [chosen_realm(realm)] if realm else realm_ids()
    told: dict[str, object] = {}
    for realm_id in asked:
        try:
            taken = take_checkpoint(realm_id)
        except (KeeperUnavailable, KeeperRefused) as refusal:
            raise click.ClickException(f"{AWAY} ({refusal})") from None
        except (LogRewritten, AnchorDiffers) as reason:
            raise click.ClickException(
                f"{reason}. Nothing was signed. Name the entry with: tanxin audit verify"
            ) from None
        told[str(realm_id)] = None
        if taken:
            sizes = taken.anchored.checkpoint
            told[str(realm_id)] = {
                "changes": sizes.changes.size,
                "releases": sizes.releases.size,
                "new": taken.new,
            }
        if not as_json:
            click.echo(f"{realm_id}: {sentence(told[str(realm_id)])}")
    if as_json:
        click.echo(json.dumps(told))


def sentence(told: object) -> str:
    if not isinstance(told, dict):
        return "there is no log yet."
    sizes = f"{told['changes']} changes, {told['releases']} releases"
    return f"{sizes}, signed now." if told["new"] else f"{sizes}; nothing new since it was signed."
