"""The facts of a year, as the signs are looked for in them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo
from uuid import UUID

from tanxin.apps.archive.likeness import Seen, latest_measures
from tanxin.apps.issues.models import Issue
from tanxin.apps.oversight.inspections import Inspection
from tanxin.apps.plans.laying import absences
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.talks.models import Confirmation, Talk
from tanxin.core.lifecycle import BEFORE_HELD, TalkState
from tanxin.core.oversight.facts import IssueFact, TalkFact, TextFact, Year

LOOKED_BACK = timedelta(days=400)
# Not in the office: who is ill or at home is called, or gone to.
ELSEWHERE = frozenset({"phone", "video", "wechat", "mail", "visit"})
COLUMNS = (
    "pk", "initiator_id", "subject_id", "held_at", "minutes", "entered_at", "state", "late_id",
    "group_id", "channel",
)  # fmt: skip
HALVES = ((6, 30), (12, 31))


def year_of(realm_id: UUID, *, today: date) -> Year:
    """Everything of the last thirteen months, so that last year's texts are among it."""
    zone, since = zone_of(realm_id), today - LOOKED_BACK
    talks = tuple(talks_of(realm_id, since, zone))
    return Year(
        talks=talks,
        issues=tuple(issues_of(realm_id, since, zone)),
        away={
            person: spans
            for person, spans in absences(realm_id, since, today).items()
            if isinstance(person, UUID)
        },
        counted=(*days_that_count(since, today), *inspected_on(realm_id, since, today)),
    )


def talks_of(realm_id: UUID, since: date, zone: tzinfo) -> Iterator[TalkFact]:
    begin = datetime(since.year, since.month, since.day, tzinfo=zone)
    held = Talk.objects.filter(realm=realm_id, held_at__gte=begin)
    held = held.exclude(state__in=[state.value for state in BEFORE_HELD])
    said = Confirmation.objects.filter(realm=realm_id, said_at__gte=begin).order_by("said_at")
    confirmed = dict(said.values_list("talk", "said_at"))
    texts = latest_measures(realm_id)
    for row in held.order_by("held_at", "pk").values_list(*COLUMNS, named=True):
        yield TalkFact(
            id=row.pk,
            initiator=row.initiator_id,
            subject=row.subject_id,
            held=row.held_at.astimezone(zone),
            minutes=row.minutes,
            entered=row.entered_at.astimezone(zone) if row.entered_at else None,
            confirmed=confirmed.get(row.pk),
            lapsed=row.state == TalkState.UNCONFIRMED,
            late=row.late_id is not None,
            group=row.group_id,
            by_distance=row.channel in ELSEWHERE,
            text=text_of(texts[row.pk]) if row.pk in texts else None,
        )


def text_of(seen: Seen) -> TextFact:
    return TextFact(seen.sketch, seen.seams, seen.key_version, seen.stock, seen.residue)


def issues_of(realm_id: UUID, since: date, zone: tzinfo) -> Iterator[IssueFact]:
    begin = datetime(since.year, since.month, since.day, tzinfo=zone)
    rows = Issue.objects.filter(realm=realm_id, raised_at__gte=begin).values_list(
        "pk", "talk_id", "talk__initiator_id", "talk__subject_id", "kind", "raised_at",
        "measures__reported_at", "measures__verified_at", "answered_at",
    )  # fmt: skip
    for pk, talk, led_by, subject, kind, *moments in rows.order_by("raised_at", "pk"):
        raised, reported, verified, answered = (
            moment.astimezone(zone) if moment else None for moment in moments
        )
        if raised is not None:
            yield IssueFact(pk, talk, led_by, subject, kind, raised, reported, verified, answered)


def inspected_on(realm_id: UUID, since: date, today: date) -> list[date]:
    """The first days of inspections; that one is coming is known before."""
    rows = Inspection.objects.filter(realm=realm_id, first__gt=since, first__lte=today)
    return sorted(set(rows.exclude(approved_at=None).values_list("first", flat=True)))


def days_that_count(since: date, today: date) -> Iterator[date]:
    """The last days of half-years that have begun their last week, or lie behind."""
    for year in range(since.year, today.year + 1):
        for month, day in HALVES:
            last = date(year, month, day)
            if since < last <= today + timedelta(days=7):
                yield last
