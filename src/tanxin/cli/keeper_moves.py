"""Renewing a realm's key, also in another suite, and moving everything to it."""

import json
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import click
from django.conf import settings
from django.utils import timezone

from tanxin.apps.archive import renewal
from tanxin.apps.archive.renewal import Report
from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable
from tanxin.apps.sealing.keys import KeyState, key_state
from tanxin.cli.realms import chosen_realm
from tanxin.core.vault.suites import SUITES
from tanxin.keeper.custody.operator import read_token
from tanxin.keeper.root import RootKeyUnusable

BYTES = {provider.name.lower(): suite for suite, provider in SUITES.items()}
_HOME = click.option("--home", type=click.Path(path_type=Path), help="The keeper's home.")
_JSON = click.option("--json", "as_json", is_flag=True)
WORDS = {
    "sealed": "The keeper is sealed; unseal it first.",
    "no_authority": "The keeper was started anew; try again as a user who can read its home.",
    "too_early": "An old key is kept for an hour after it was renewed; try again later.",
    "key_in_use": "Something is still under the old key; nothing was destroyed.",
}


@click.command()
@click.argument("realm", required=False)
@_HOME
@click.option("--go-on", is_flag=True, help="Move what is left; no further key is made.")
@click.option("--destroy-old", is_flag=True, help="Destroy older keys that nothing is under.")
@_JSON
def rotate(
    realm: str | None, home: Path | None, *, go_on: bool, destroy_old: bool, as_json: bool
) -> None:
    """Give REALM a new key and move everything to it. Stopped, it is gone on with by --go-on."""
    realm_id, operator = chosen_realm(realm), operator_of(home)
    with_words(as_json, lambda: turned(realm_id, operator, go_on=go_on, destroy_old=destroy_old))


def turned(realm_id: UUID, operator: str, *, go_on: bool, destroy_old: bool) -> Report:
    at = timezone.now()
    if destroy_old:
        return renewal.destroy_older(realm_id, operator, at=at)
    if not go_on:
        renewal.renew(realm_id, key_state(realm_id).suite, operator, at=at)
    return renewal.go_on(realm_id, operator, at=at, progress=shown)


@click.command()
@click.argument("realm", required=False)
@click.option("--to", "suite", type=click.Choice(sorted(BYTES)), help="The suite to move to.")
@_HOME
@_JSON
def migrate(realm: str | None, suite: str | None, home: Path | None, *, as_json: bool) -> None:
    """Move REALM to another suite; begun again after a stop, it goes on where it was.

    Without --to it says how far it has come.
    """
    realm_id = chosen_realm(realm)
    if suite is None:
        with_words(as_json, lambda: renewal.report(realm_id))
        return
    operator, wanted = operator_of(home), BYTES[suite]
    with_words(as_json, lambda: migrated(realm_id, wanted, operator))


def migrated(realm_id: UUID, suite: int, operator: str) -> Report:
    if key_state(realm_id).suite != suite:
        renewal.renew(realm_id, suite, operator, at=timezone.now())
    return renewal.go_on(realm_id, operator, at=timezone.now(), progress=shown)


def operator_of(home: Path | None) -> str:
    place = home or settings.TANXIN_HOME / "keeper"
    try:
        return read_token(place)
    except (RootKeyUnusable, OSError):
        raise click.ClickException(
            f"This has to be run by somebody who can read {place}, while the keeper runs."
        ) from None


def with_words(as_json: bool, do: Callable[[], Report]) -> None:  # noqa: FBT001 - click's flag
    try:
        report = do()
    except KeeperUnavailable:
        raise click.ClickException("The keeper does not answer; nothing is lost.") from None
    except KeeperRefused as no:
        raise click.ClickException(WORDS.get(no.code, f"The keeper said no: {no.code}.")) from None
    click.echo(json.dumps(report.as_json(), ensure_ascii=False) if as_json else told(report))
    if report.left:
        raise SystemExit(1)


def told(report: Report) -> str:
    older = ", ".join(map(str, report.state.older)) or "none"
    lines = [
        f"Key {report.state.current}, {name_of(report.state.suite)}; older keys: {older}",
        f"Moved now: {report.moved}",
    ]
    lines += [f"Not moved: {count} of {name}" for name, count in report.left.items()]
    if not report.left:
        lines.append("Everything is under the newest key.")
    if report.not_followed:
        lines.append(f"{len(report.not_followed)} texts cannot be followed to what was confirmed!")
    return "\n".join(lines)


def name_of(suite: int) -> str:
    return SUITES[suite].name


def shown(column: str, done: int, total: int) -> None:
    click.echo(f"  {column}: {done} of {total}", err=True)


def described(state: KeyState) -> str:
    held = ", ".join(f"{version} ({name_of(suite)})" for version, suite in state.versions.items())
    return f"keys: {held}; sealed with {state.current}"
