"""A year behind us of which there is something to say, and what was declared for it."""

from datetime import UTC, datetime, time, timedelta

from django.utils import timezone

from tanxin.apps.appraisal import services
from tanxin.apps.appraisal.models import SchemeVersion, UnitResult
from tanxin.apps.archive.models import Record
from tanxin.apps.issues.models import Issue, Measure
from tanxin.apps.talks.models import EchoTotal, Request, Talk
from tanxin.core.access import Role
from tanxin.core.appraisal import DEFAULT, Scheme

THIS = timezone.localdate().year
LAST = THIS - 1
WHY = "年度党建考核使用"


def moment(month: int, day: int = 10, year: int = LAST) -> datetime:
    return datetime(year, month, day, 4, tzinfo=UTC)


def entrusted(world):
    """Sol and Sally supervise; Dora organises."""
    for key in ("sol", "sally"):
        world.person(key, key)
        world.account(key)
        world.entrust(key, Role.SUPERVISOR)
    return world


def declared(world, scheme: Scheme = DEFAULT, *, since: int = LAST) -> SchemeVersion:
    """By Dora, put in force by Sol, in that year."""
    at = moment(6, 15, since)
    row = services.begin_scheme(world.actor("dora"), first_year=since, scheme=scheme, at=at)
    services.propose_scheme(world.actor("dora"), row.pk, on=at.date(), at=at)
    return services.publish_scheme(world.actor("sol"), row.pk, on=at.date(), at=at)


def issues(world, count: int, *, solved: int, led_by="ben", of="cleo", kind="work", month=3):
    """Raised in a talk of the last year; so many of them solved and answered a month later."""
    at = moment(month)
    talk = Talk.objects.create(
        realm_id=world.realm_id, initiator_id=world.people[led_by],
        subject_id=world.people[of], kind="routine", state="confirmed",
        proposed_by_id=world.people[led_by], planned_for=at, held_at=at, created_at=at,
    )  # fmt: skip
    text = Record.objects.create(
        realm_id=world.realm_id, kind="evidence", about_kind="issue", about_id=talk.pk,
        author_id=world.people[led_by], wrapped_key=b"x", created_at=at,
    )  # fmt: skip
    rows = []
    for number in range(count):
        raised = at + timedelta(days=number)
        done = raised + timedelta(days=30) if number < solved else None
        row = Issue.objects.create(
            realm_id=world.realm_id, talk=talk, led_by_id=world.people[led_by], led_since=at,
            kind=kind, state="answered" if done else "raised", raised_at=raised,
            wanted_on=raised.date(), answered_at=done,
            waiting_for_id=None if done else world.people[led_by],
        )  # fmt: skip
        if done:
            Measure.objects.create(
                realm_id=world.realm_id, issue=row, statement=text, plan=text, evidence=text,
                due=done.date(), set_at=raised, reported_at=done, verified_at=done,
            )  # fmt: skip
        rows.append(row)
    return rows


def requests(world, count: int, *, late: int = 0, asked="ben", year: int = LAST):
    for number in range(count):
        by = moment(5, year=year).date()
        answered = datetime.combine(by, time(4), UTC) + timedelta(days=3 if number < late else -1)
        Request.objects.create(
            realm_id=world.realm_id, asker_id=world.cleo, asked_id=world.people[asked],
            state="accepted", asked_at=moment(4, year=year), answer_by=by, answered_at=answered,
        )  # fmt: skip


def view(world, leader="ben", *, yes=4, partly=2, no=2, question="solved"):
    EchoTotal.objects.create(
        realm_id=world.realm_id, period=f"{LAST}-H1", leader_id=world.people[leader],
        question=question, yes=yes, partly=partly, no=no,
    )  # fmt: skip


def a_year(world):
    """Ben's department with enough to say, Emil's and Ada's with too little."""
    issues(world, 7, solved=6)
    issues(world, 2, solved=1, led_by="ada")
    requests(world, 6, late=1)
    view(world)


def result_of(world, unit="planning", year=LAST) -> UnitResult:
    return UnitResult.objects.get(realm=world.realm_id, unit=world.units[unit], taken__year=year)


def frozen(world, year=LAST):
    return services.freeze_year(
        world.actor("dora"), year, today=timezone.localdate(), at=timezone.now()
    )
