import click
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from tanxin.apps.accounts.services import HandleTaken
from tanxin.apps.org.selectors.numbers import person_by_number
from tanxin.apps.org.services import (
    PersonHasAccount,
    entrust_role,
    found_realm,
    founder,
    open_account,
)
from tanxin.apps.realms.selectors import named_realms, suite_of
from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable
from tanxin.apps.sealing.keys import key_state
from tanxin.cli.keeper_moves import BYTES as SUITE_BYTES
from tanxin.cli.keeper_moves import described
from tanxin.cli.realms import chosen_realm
from tanxin.core.access import Role
from tanxin.core.vault.suites import SUITES


@click.group()
def command() -> None:
    """Set up an organisation and its first accounts."""


@command.command()
@click.argument("name")
@click.option(
    "--type",
    "organisation_type",
    type=click.Choice(["agency", "university", "company"]),
    default="agency",
    show_default=True,
    help="Which table of ranks is used.",
)
@click.option(
    "--suite",
    type=click.Choice(sorted(SUITE_BYTES)),
    default="intl-1",
    show_default=True,
    help="gm-1 is SM4, SM3 and SM2.",
)
def found(name: str, organisation_type: str, suite: str) -> None:
    """Found a realm called NAME, with keys of its own. The keeper must be running."""
    if name in named_realms().values():
        raise click.ClickException(f"There is a realm called {name} already.")
    realm_id = found_realm(
        name, at=timezone.now(), organisation_type=organisation_type, suite=SUITE_BYTES[suite]
    )
    click.echo(f"{realm_id}  {name}\nNext: tanxin import roster FILE --realm {realm_id}")


@command.command()
@click.argument("realm", required=False)
def suite(realm: str | None) -> None:
    """Say which cryptographic suite REALM has; tanxin keeper migrate --to sets another."""
    realm_id = chosen_realm(realm)
    click.echo(f"chosen: {SUITES[suite_of(realm_id)].name}")
    try:
        click.echo(described(key_state(realm_id)))
    except (KeeperUnavailable, KeeperRefused):
        click.echo("keys: the keeper does not tell now")


@command.command()
@click.argument("number")
@click.argument("handle")
@click.option("--realm", help="Name or id; not needed where there is one realm.")
@click.option("--organiser", is_flag=True, help="May import rosters and sees workflow facts.")
@click.password_option(help="Asked for when left out.")
def account(number: str, handle: str, realm: str | None, password: str, *, organiser: bool) -> None:
    """Let the person with staff number NUMBER log in as HANDLE."""
    actor = founder(chosen_realm(realm))
    person_id = person_by_number(actor.realm_id, number)
    if person_id is None:
        raise click.ClickException(
            f"Nobody has the staff number {number}; import the roster first."
        )
    try:
        validate_password(password)
        open_account(actor, person_id, handle=handle, password=password, at=timezone.now())
    except ValidationError as weak:
        raise click.ClickException("\n".join(weak.messages)) from None
    except HandleTaken:
        raise click.ClickException(f"Somebody else logs in as {handle}.") from None
    except PersonHasAccount:
        raise click.ClickException(f"{number} has an account already.") from None
    if organiser:
        entrust_role(
            actor,
            person_id,
            Role.ORGANISER,
            start=timezone.localdate(),
            source="tanxin realm account",
            at=timezone.now(),
        )
    click.echo(f"{handle} can log in.")
