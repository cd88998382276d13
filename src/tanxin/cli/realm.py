from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import click
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from tanxin.apps.accounts.services import HandleTaken, expect_new_password
from tanxin.apps.accounts.sign_in import account_named
from tanxin.apps.archive.undertakings import put_in_force
from tanxin.apps.learning.shipped import undertaking_text
from tanxin.apps.org.actors import actor_of
from tanxin.apps.org.selectors.entrusted import holders_of
from tanxin.apps.org.selectors.numbers import person_by_number
from tanxin.apps.org.services import (
    PersonHasAccount,
    entrust_role,
    found_realm,
    founder,
    open_account,
)
from tanxin.apps.org.services.obliging import oblige, obliged_roles
from tanxin.apps.realms.selectors import named_realms, suite_of
from tanxin.apps.sealing.client import (
    KeeperRefused,
    KeeperUnavailable,
    needs_authority,
    open_session,
    set_credential,
)
from tanxin.apps.sealing.keys import key_state
from tanxin.cli.keeper_moves import BYTES as SUITE_BYTES
from tanxin.cli.keeper_moves import described
from tanxin.cli.realms import chosen_realm
from tanxin.core.access import Actor, Role
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
    try:
        realm_id = found_realm(
            name, at=timezone.now(), organisation_type=organisation_type, suite=SUITE_BYTES[suite]
        )
    except (KeeperUnavailable, KeeperRefused) as no:
        raise click.ClickException(f"The keeper gives no keys: {no}") from None
    put_in_force(founder(realm_id), undertaking_text(), at=timezone.now())
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


@command.command("second-factor")
@click.option("--realm", help="Name or id; not needed where there is one realm.")
@click.option(
    "--for",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    help="Holders of this role need one; may be given several times.",
)
@click.option("--nobody", is_flag=True, help="Oblige nobody.")
def second_factor(realm: str | None, roles: tuple[str, ...], *, nobody: bool) -> None:
    """Say whose second factor is obligatory in a realm, or choose anew by role."""
    realm_id = chosen_realm(realm)
    if roles or nobody:
        oblige(founder(realm_id), [Role(role) for role in roles], at=timezone.now())
    for role in sorted(obliged_roles(realm_id)):
        click.echo(role.value)


@command.command()
@click.argument("number")
@click.argument("handle")
@click.option("--realm", help="Name or id; not needed where there is one realm.")
@click.option("--organiser", is_flag=True, help="May import rosters and sees workflow facts.")
@click.option("--security-admin", is_flag=True, help="Gives roles and helps whoever cannot log in.")
@click.option("--by", help="Account of the security administrator who stands behind it.")
@click.password_option(help="Asked for when left out.")
def account(
    number: str, handle: str, realm: str | None, password: str, by: str | None, **roles: bool
) -> None:
    """Let the person with staff number NUMBER log in as HANDLE.

    The first account of a realm is the security administrator's: the keeper knows it as that. For
    every further one it asks for his password (--by).
    """
    actor = founder(chosen_realm(realm))
    person_id = person_by_number(actor.realm_id, number)
    if person_id is None:
        raise click.ClickException(
            f"Nobody has the staff number {number}; import the roster first."
        )
    with told_at_the_prompt(number, handle):
        validate_password(password)
        authority = authority_of(actor.realm_id, by)
        account_id = open_account(
            actor, person_id, handle=handle, password=password, at=timezone.now()
        )
        set_credential(actor.realm_id, account_id, person_id, password, authority=authority)
        if authority:
            expect_new_password(account_id)
    for role in (Role.ORGANISER, Role.SECURITY_ADMIN):
        if roles[role.value]:
            entrust(actor, person_id, role)
    click.echo(f"{handle} can log in.")


@contextmanager
def told_at_the_prompt(number: str, handle: str) -> Iterator[None]:
    """Say in words of the prompt why there is no account."""
    try:
        yield
    except ValidationError as weak:
        raise click.ClickException("\n".join(weak.messages)) from None
    except HandleTaken:
        raise click.ClickException(f"Somebody else logs in as {handle}.") from None
    except PersonHasAccount:
        raise click.ClickException(f"{number} has an account already.") from None
    except KeeperUnavailable:
        raise click.ClickException("The keeper does not answer; start it first.") from None
    except KeeperRefused as refused:
        raise click.ClickException(f"The keeper refused: {refused.code}.") from None


def authority_of(realm_id: UUID, by: str | None) -> str:
    """The live session of a security administrator, where the keeper wants one."""
    if not needs_authority(realm_id):
        return ""
    if by is None:
        raise click.ClickException("Name the security administrator's account with --by HANDLE.")
    known = account_named(by)
    actor = actor_of(known.pk, on=timezone.localdate(), realm_id=realm_id) if known else None
    if actor is None or actor.person_id is None:
        raise click.ClickException(f"Nobody logs in as {by}.")
    password = click.prompt(f"Password of {by}", hide_input=True)
    opened = open_session(realm_id, actor.account_id, actor.person_id, password=password)
    return opened.token


def entrust(actor: Actor, person_id: UUID, role: Role) -> None:
    """The first one of a role; whoever comes after him is proposed and approved on the page."""
    if holders_of(actor.realm_id, frozenset({role}), timezone.localdate()):
        click.echo(f"Somebody is {role.value} already; propose this person on the page of roles.")
        return
    entrust_role(
        actor,
        person_id,
        role,
        start=timezone.localdate(),
        source="tanxin realm account",
        at=timezone.now(),
    )
