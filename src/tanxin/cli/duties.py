import json
from datetime import date, datetime
from uuid import UUID

import click
from django.utils import timezone, translation

from tanxin.apps.duties import services
from tanxin.apps.duties.access import DutyNotFound, duty_for, visible_duties
from tanxin.apps.duties.listing import DutyLine, explained, line_of
from tanxin.apps.duties.tallies import rebuild
from tanxin.apps.org.services import founder
from tanxin.cli.realms import chosen_realm
from tanxin.core.access import Permission

REALM = click.option("--realm", help="Name or id; not needed where there is one realm.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")
ON = click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Default: today.")
STATES = ("open", "met", "confirmed", "contested", "waived", "withdrawn")


@click.group()
def command() -> None:
    """Who owes whom a talk, by when and why. Names are not shown, only ids."""


@command.command()
@REALM
@AS_JSON
def recount(realm: str | None, *, as_json: bool) -> None:
    """Count the duties of each unit, rule and time anew. Stop the server before."""
    count = rebuild(chosen_realm(realm))
    click.echo(json.dumps({"tallies": count}) if as_json else f"{count} roll-ups counted anew.")


@command.command()
@REALM
@ON
@AS_JSON
def derive(realm: str | None, on: datetime | None, *, as_json: bool) -> None:
    """Derive the duties of a realm from its facts and packs, and store what differs."""
    realm_id = chosen_realm(realm)
    difference = services.derive_realm(
        founder(realm_id), realm_id, today=day_of(on), at=timezone.now(), reason="command"
    )
    counts = {
        "appeared": difference.appeared,
        "changed": difference.changed,
        "vanished": difference.vanished,
    }
    if as_json:
        click.echo(json.dumps(counts))
        return
    click.echo(" · ".join(f"{word} {count}" for word, count in counts.items()))


@command.command(name="list")
@REALM
@click.option("--person", type=click.UUID, help="Only duties of this person, from either side.")
@click.option("--state", type=click.Choice(STATES), default="open", show_default=True)
@click.option("--rule", help="Only duties of the rule with this id.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000))
@AS_JSON
def list_duties(
    realm: str | None,
    person: UUID | None,
    state: str,
    rule: str | None,
    limit: int,
    *,
    as_json: bool,
) -> None:
    """List duties, those that are due first at the top."""
    rows = visible_duties(founder(chosen_realm(realm))).filter(state=state)
    if person:
        rows = rows.filter(initiator=person) | rows.filter(subject=person)
    if rule:
        rows = rows.filter(rule__rule=rule)
    lines = [line_of(duty) for duty in rows.select_related("rule").order_by("due", "pk")[:limit]]
    if as_json:
        click.echo(json.dumps(lines, ensure_ascii=False, indent=2))
        return
    for line in lines:
        click.echo(in_words(line))


@command.command()
@click.argument("duty_id", type=click.UUID)
@REALM
@AS_JSON
def explain(duty_id: UUID, realm: str | None, *, as_json: bool) -> None:
    """Say why a duty is owed: the rule, its clauses, the numbers in force and the facts used."""
    try:
        duty = duty_for(founder(chosen_realm(realm)), duty_id, Permission.DUTY_REASON)
    except DutyNotFound:
        raise click.ClickException(f"There is no duty {duty_id}.") from None
    told = explained(duty)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    with translation.override("zh-hans"):
        click.echo(in_words(told["duty"]))
    click.echo(f"{told['pack']} {told['version']} · {told['title']}")
    for clause in told["clauses"]:
        mark = "" if clause["verified"] else " 「未核对原文」"
        click.echo(f"{clause['document']} {clause['place']}{mark}: {clause['clause']}")
    for name, value in told["numbers"].items():
        click.echo(f"{name} = {value}")
    for fact in told["facts"]:
        click.echo(f"{fact['side']}: {fact['code']} {fact['what']} {fact['start']}–{fact['end']}")


def day_of(on: datetime | None) -> date:
    return on.date() if on else timezone.localdate()


def in_words(line: DutyLine) -> str:
    sides = "↔" if line["mutual"] else "→"
    subject = line["subject"] or "*"
    return (
        f"{line['id']}  {line['due']}  {line['state']:<9}  {line['rule']}  "
        f"{line['initiator']} {sides} {subject}"
    )
