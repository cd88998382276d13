"""``tanxin audit restored``: the log goes on after a backup was restored."""

import json
from getpass import getuser
from pathlib import Path
from uuid import UUID

import click
from django.utils import timezone

from tanxin.apps.audit.anchors.files import AnchorDiffers
from tanxin.apps.audit.checkpoints import LogRewritten
from tanxin.apps.audit.restoring import NothingLost, state_restored
from tanxin.apps.realms.selectors import realm_ids
from tanxin.apps.sealing.asking import KeeperRefused
from tanxin.apps.sealing.connection import KeeperUnavailable
from tanxin.cli.keeper_moves import operator_of
from tanxin.cli.realms import chosen_realm

AWAY = "The keeper does not answer; start it with: tanxin keeper --home DIRECTORY"
NOT_A_BEGINNING = (
    "What is left is not the beginning of what was signed, so nothing was stated. Where somebody"
    " worked since the restore, restore once more and run this first."
)
SAID_NO = {
    "no_authority": "The keeper was started anew; try again as a user who can read its home.",
    "another_history": NOT_A_BEGINNING,
    "bad_request": "Say in 200 characters at most who states it and why.",
}


@click.command()
@click.option("--reason", required=True, help="Why the backup was restored; readable for ever.")
@click.option("--by", help="Who states it: an office, no name. Left out: who runs this.")
@click.option("--realm", help="Name or id; all where left out.")
@click.option("--home", type=click.Path(path_type=Path), help="The keeper's home.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def restored(
    reason: str, by: str | None, realm: str | None, home: Path | None, *, as_json: bool
) -> None:
    """State that a backup was restored, so that the log can go on; what is lost stays named.

    Run it before anybody works again, as a user who can read the keeper's home.
    """
    operator = operator_of(home)
    told = {}
    for realm_id in [chosen_realm(realm)] if realm else realm_ids():
        lost = stated(realm_id, operator, by or getuser(), reason)
        if lost is not None:
            told[str(realm_id)] = {"from": lost[0], "to": lost[1]}
    click.echo(json.dumps(told) if as_json else sentences(told))


def stated(realm_id: UUID, operator: str, by: str, reason: str) -> tuple[int, int] | None:
    """The first entry that is stated as lost and the first after them, or None."""
    try:
        said = state_restored(realm_id, operator, by=by, reason=reason, at=timezone.now())
    except NothingLost:
        return None
    except KeeperUnavailable:
        raise click.ClickException(AWAY) from None
    except KeeperRefused as no:
        raise click.ClickException(SAID_NO.get(no.code, f"The keeper said no: {no}")) from None
    except (LogRewritten, AnchorDiffers) as why:
        raise click.ClickException(f"{why}. {NOT_A_BEGINNING}") from None
    return said.first, said.after


def sentences(told: dict[str, dict[str, int]]) -> str:
    if not told:
        return "Nothing is lost: no log is shorter than the keeper knows it."
    return "\n".join(
        f"{realm}: entries {lost['from']} to {lost['to'] - 1} are stated as lost."
        for realm, lost in told.items()
    )
