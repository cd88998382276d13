import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID

import click
from django.utils import timezone

from tanxin.apps.org.access import UnitNotFound
from tanxin.apps.org.selectors import unit_tree
from tanxin.apps.org.services import founder
from tanxin.apps.plans import services
from tanxin.apps.plans.access import (
    PlanForbidden,
    PlannedNotFound,
    PlanNotFound,
    plan_for,
    planned_for,
)
from tanxin.apps.plans.listing import PlanLine, explained, plan_line, planned_line
from tanxin.apps.plans.reading.detail import duties_planned, explain
from tanxin.apps.plans.reading.overview import PlanRow, listed_plans, plan_lines, talks_of
from tanxin.apps.plans.refusals import NothingToPlan, PlanIsClosed, SpanNotFit
from tanxin.cli.realms import chosen_realm
from tanxin.core.access import Actor, Permission

REALM = click.option("--realm", help="Name or id; not needed where there is one realm.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")
DAY = click.DateTime(["%Y-%m-%d"])
MOST = "How many talks one initiator leads at most in a week, and on a day. Default: 3 2."


@click.group()
def command() -> None:
    """The year's plan: when each owed talk is to be held. Names are not shown, only ids."""


@command.command()
@click.option("--unit", required=True, help="Code or id of the unit; all under it belong to it.")
@click.option("--year", type=click.IntRange(2000, 2200), help="A whole year.")
@click.option("--between", nargs=2, type=DAY, help="Instead of a year: the first and last day.")
@click.option("--most", nargs=2, default=(3, 2), type=click.IntRange(1, 20), help=MOST)
@REALM
@AS_JSON
def propose(
    unit: str,
    year: int | None,
    between: tuple[datetime, datetime] | None,
    most: tuple[int, int],
    realm: str | None,
    *,
    as_json: bool,
) -> None:
    """Lay the open duties of a unit, and of all under it, over working days."""
    realm_id, today = chosen_realm(realm), timezone.localdate()
    begins, ends = span(year, between)
    with refused():
        plan = services.propose_plan(
            founder(realm_id), unit_of(realm_id, unit, today), first=begins, last=ends,
            today=today, at=timezone.now(), per_week=most[0], per_day=most[1],
        )  # fmt: skip
    say_plan(founder(realm_id), plan, as_json=as_json)


@command.command()
@click.argument("plan_id", type=click.UUID)
@click.option("--by", type=click.UUID, required=True, help="Who approves: the unit's chief.")
@REALM
@AS_JSON
def approve(plan_id: UUID, by: UUID, realm: str | None, *, as_json: bool) -> None:
    """Approve a proposed plan; from then on it is followed."""
    actor = Actor(chosen_realm(realm), person_id=by)
    with refused():
        plan = services.approve_plan(actor, plan_id, today=timezone.localdate(), at=timezone.now())
    say_plan(actor, plan, as_json=as_json)


@command.command()
@click.argument("plan_id", type=click.UUID, required=False)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 100_000))
@REALM
@AS_JSON
def show(plan_id: UUID | None, limit: int, realm: str | None, *, as_json: bool) -> None:
    """Show all plans, or the talks of one in the order of their days."""
    actor, today = founder(chosen_realm(realm)), timezone.localdate()
    if plan_id is None:
        found = list(listed_plans(actor, on=today).order_by("-first", "-proposed_at"))
        lines = [
            plan_line(one.plan, one.talks, one.unplaced)
            for one in plan_lines(actor, found, on=today)
        ]
        say_all(lines, as_json=as_json)
        return
    with refused():
        plan = plan_for(actor, plan_id, Permission.PLAN_VIEW, on=today)
    rows = list(talks_of(actor, plan, on=today).order_by("day", "due", "pk")[:limit])
    duties = duties_planned(plan, rows)
    talks = [
        planned_line(
            row,
            [str(duty.subject_id) for duty in duties[row.pk] if duty.subject_id],
            [str(duty.pk) for duty in duties[row.pk]],
        )
        for row in rows
    ]
    if as_json:
        click.echo(json.dumps(talks, indent=2))
        return
    for line in talks:
        subjects = ", ".join(line["subjects"]) or "*"
        click.echo(f"{line['id']}  {line['day'] or '-':<10}  {line['initiator']} → {subjects}")


@command.command(name="explain")
@click.argument("planned_id", type=click.UUID)
@REALM
@AS_JSON
def explain_day(planned_id: UUID, realm: str | None, *, as_json: bool) -> None:
    """Say why a planned talk stands on its day, or what would give it one."""
    actor = founder(chosen_realm(realm))
    with refused():
        planned = planned_for(actor, planned_id, Permission.PLAN_VIEW, on=timezone.localdate())
    told = explained(explain(planned, today=timezone.localdate()))
    if as_json:
        click.echo(json.dumps(told, indent=2))
        return
    line = told["planned"]
    click.echo(f"{line['day'] or 'no day'}  {line['because']}  ({line['opens']} – {line['due']})")
    click.echo(f"even spread: {told['wanted'] or '-'}")
    for one in told["passed"]:
        click.echo(f"{one['first']} – {one['last']}: {', '.join(one['reasons'])}")
    if helps := told["helps"]:
        click.echo(f"would help: {helps['what']} {helps['by']} {helps['day'] or ''}".rstrip())


def span(year: int | None, between: tuple[datetime, datetime] | None) -> tuple[date, date]:
    if year is not None:
        return date(year, 1, 1), date(year, 12, 31)
    if not between:
        raise click.UsageError("Give --year, or the first and last day with --between.")
    return between[0].date(), between[1].date()


def unit_of(realm_id: UUID, named: str, today: date) -> UUID:
    for node in unit_tree(realm_id, today).nodes.values():
        if named in (node.code, str(node.id)):
            return node.id
    raise click.ClickException(f"There is no unit {named}.")


@contextmanager
def refused() -> Iterator[None]:
    """Say in words what the services refuse."""
    try:
        yield
    except (PlanNotFound, PlannedNotFound, UnitNotFound) as problem:
        raise click.ClickException(f"There is nothing of the id {problem}.") from None
    except PlanForbidden:
        raise click.ClickException("Only who leads the unit approves its plan.") from None
    except NothingToPlan:
        raise click.ClickException("No open duty of the unit has its time in these days.") from None
    except SpanNotFit:
        raise click.ClickException(
            "The days make no plan: they are over, in the wrong order, or more than two years."
        ) from None
    except PlanIsClosed:
        raise click.ClickException("The plan was decided already.") from None


def say_plan(actor: Actor, plan: PlanRow, *, as_json: bool) -> None:
    [line] = plan_lines(actor, [plan], on=timezone.localdate())
    said = plan_line(line.plan, line.talks, line.unplaced)
    if as_json:
        click.echo(json.dumps(said))
        return
    click.echo(in_words(said))


def say_all(lines: list[PlanLine], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(lines, indent=2))
        return
    for line in lines:
        click.echo(in_words(line))


def in_words(line: PlanLine) -> str:
    return (
        f"{line['id']}  {line['first']} – {line['last']}  {line['state']:<10}  "
        f"unit {line['unit']}  talks {line['talks']} · without a day {line['unplaced']}"
    )
