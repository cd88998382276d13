"""What of a year counts for which unit: facts of the course, never a word that was confided.

Everything is counted where the one who led the talk, or was asked for one, had his main post on the
last day looked at; for who had gone by then, on the first of January.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from json import loads
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from tanxin.apps.appraisal.models import Opinion
from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.reading.states import NOT_OWED
from tanxin.apps.issues.models import Issue, Measure
from tanxin.apps.org.selectors import main_units
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.sealing.pii import open_column
from tanxin.apps.talks.models import EchoTotal, Request, Talk
from tanxin.core.appraisal import Evidence, Indicator, Scheme
from tanxin.core.echoes import EchoAnswer, is_enough_of
from tanxin.core.lifecycle import DutyState, IssueState, RequestState, TalkState

FULL, NONE = 2, 0
SOLVED = (IssueState.VERIFIED, IssueState.ANSWERED)
EFFECTS = {"solved": 2, "partly": 1, "not": 0}
OPINION = "opinion"
Sums = tuple[int, int, int]
ByUnit = dict[UUID, dict[Indicator, Evidence]]


@dataclass(frozen=True, slots=True)
class Span:
    """A year until a day; what happened in its last days is not ripe yet."""

    realm_id: UUID
    year: int
    until: date
    zone: ZoneInfo
    scheme: Scheme

    @property
    def first(self) -> date:
        return date(self.year, 1, 1)

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time(), self.zone)

    @property
    def end(self) -> datetime:
        return datetime.combine(self.until + timedelta(days=1), time(), self.zone)

    @property
    def ripe(self) -> datetime:
        return self.end - timedelta(days=self.scheme.settle)

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Raised:
    """What was raised in the span, and how far it came by its end."""

    ref: UUID
    leader: UUID
    subject: UUID
    kind: str
    raised_at: datetime
    closed_at: datetime | None
    answered_at: datetime | None
    effect: str
    was_reopened: bool


class Found:
    """Evidence by the person in whose hands it was; kept nowhere, only the units' sums are."""

    def __init__(self) -> None:
        self.rows: dict[tuple[UUID, Indicator], list[tuple[str, int]]] = defaultdict(list)
        self.sums: dict[tuple[UUID, Indicator], list[Sums]] = defaultdict(list)

    def row(self, who: UUID, what: Indicator, ref: UUID, *, good: bool) -> None:
        self.rows[who, what].append((str(ref), FULL if good else NONE))

    def sum(self, who: UUID, what: Indicator, sums: Sums) -> None:
        self.sums[who, what].append(sums)

    def people(self) -> set[UUID]:
        return {who for who, _ in (*self.rows, *self.sums)}

    def by_unit(self, units: Mapping[UUID, UUID]) -> ByUnit:
        rows: dict[tuple[UUID, Indicator], list[tuple[str, int]]] = defaultdict(list)
        sums: dict[tuple[UUID, Indicator], list[Sums]] = defaultdict(list)
        for (who, what), some in self.rows.items():
            if who in units:
                rows[units[who], what] += some
        for (who, what), more in self.sums.items():
            if who in units:
                sums[units[who], what] += more
        found: ByUnit = defaultdict(dict)
        for unit, what in {*rows, *sums}:
            given = rows.get((unit, what), []), sums.get((unit, what), [])
            found[unit][what] = Evidence(tuple(sorted(given[0])), added(given[1]))
        return found


def added(sums: Iterable[Sums]) -> Sums:
    yes, partly, no = 0, 0, 0
    for one in sums:
        yes, partly, no = yes + one[0], partly + one[1], no + one[2]
    return yes, partly, no


def span_of(realm_id: UUID, year: int, until: date, scheme: Scheme) -> Span:
    return Span(realm_id, year, until, zone_of(realm_id), scheme)


def evidence_of(span: Span) -> ByUnit:
    """The evidence of every unit that has any."""
    found = Found()
    duties(span, found)
    talks(span, found)
    measures(span, found)
    issues(span, found)
    requests(span, found)
    echoes(span, found)
    units = main_units(span.realm_id, span.first) | main_units(span.realm_id, span.until)
    by_unit = found.by_unit(units)
    for unit, sums in opinions(span).items():
        kept = by_unit.setdefault(unit, {}).get(Indicator.VIEW, Evidence())
        by_unit[unit][Indicator.VIEW] = Evidence(kept.rows, added([kept.sums, sums]))
    return by_unit


def duties(span: Span, found: Found) -> None:
    """Coverage: whatever was due in the span."""
    rows = Duty.objects.filter(
        realm=span.realm_id, due__gte=span.first, due__lte=span.until
    ).exclude(state__in=NOT_OWED)
    held = Q(state__in=[DutyState.MET, DutyState.CONFIRMED], met_on__lte=span.until)
    counted = rows.order_by().values("initiator").annotate(all=Count("pk"), held=Count("pk", held))
    for who, whole, done in counted.values_list("initiator", "all", "held"):
        found.sum(who, Indicator.COVERAGE, (done, 0, whole - done))


def talks(span: Span, found: Found) -> None:
    rows = Talk.objects.filter(
        realm=span.realm_id, held_at__gte=span.start, held_at__lt=span.ripe
    ).order_by()
    confirmed = Count("pk", Q(state=TalkState.CONFIRMED))
    counted = rows.values("initiator").annotate(all=Count("pk"), confirmed=confirmed)
    for who, whole, done in counted.values_list("initiator", "all", "confirmed"):
        found.sum(who, Indicator.CONFIRMED, (done, 0, whole - done))


def measures(span: Span, found: Found) -> None:
    rows = Measure.objects.filter(realm=span.realm_id, due__gte=span.first, due__lte=span.until)
    told = rows.values_list("issue__talk__initiator", "issue", "due", "reported_at")
    for who, issue, due, at in told.order_by("issue"):
        found.row(who, Indicator.ON_TIME, issue, good=at is not None and span.day(at) <= due)


def issues(span: Span, found: Found) -> None:
    """Solved, answered, of effect and come again; what was raised in the last days is not ripe."""
    raised = list(raised_in(span))
    again = come_again(raised, span.scheme.again)
    for one in raised:
        if one.raised_at < span.ripe:
            closed = one.closed_at is not None
            found.row(one.leader, Indicator.CLOSURE, one.ref, good=closed)
            found.row(one.leader, Indicator.REPLIED, one.ref, good=one.answered_at is not None)
        if one.was_reopened or (one.closed_at is not None and one.closed_at < span.ripe):
            good = not one.was_reopened and one.ref not in again
            found.row(one.leader, Indicator.RECURRENCE, one.ref, good=good)
        if one.effect:
            found.rows[one.leader, Indicator.EFFECT].append((str(one.ref), EFFECTS[one.effect]))


def raised_in(span: Span) -> Iterator[Raised]:
    """Solved is what somebody else than who solved it found solved, and nobody took up again.

    What is dealt with in another issue counts there.
    """
    realm, start, end = span.realm_id, span.start, span.end
    rows = Issue.objects.filter(realm=realm, raised_at__gte=start, raised_at__lt=end)
    verified = Measure.objects.filter(
        realm=realm, issue__raised_at__gte=start, issue__raised_at__lt=end,
        issue__state__in=SOLVED, verified_at__lt=end,
    )  # fmt: skip
    closed = dict(verified.values_list("issue", "verified_at"))
    told = rows.exclude(state=IssueState.MERGED).values_list(
        "pk", "talk__initiator", "talk__subject", "kind", "raised_at", "answered_at", "effect",
        "effect_on", "times_reopened",
    )  # fmt: skip
    for ref, leader, subject, kind, raised_at, answered_at, effect, said_on, times in told.order_by(
        "raised_at", "pk"
    ):
        yield Raised(
            ref, leader, subject, kind, raised_at, closed.get(ref),
            answered_at if answered_at is not None and answered_at < end else None,
            effect if said_on is not None and said_on <= span.until else "",
            times > 0,
        )  # fmt: skip


def come_again(raised: Iterable[Raised], days: int) -> set[UUID]:
    """What was closed and then raised again in its kind by the same person; each time the last."""
    by_matter: dict[tuple[UUID, str], list[Raised]] = defaultdict(list)
    for one in raised:
        by_matter[one.subject, one.kind].append(one)
    found = set()
    for matters in by_matter.values():
        closed = sorted((one.closed_at, one.ref) for one in matters if one.closed_at)
        for later in matters:
            at = bisect_left(closed, (later.raised_at, UUID(int=0)))
            if at and later.raised_at <= closed[at - 1][0] + timedelta(days=days):
                found.add(closed[at - 1][1])
    return found


def requests(span: Span, found: Found) -> None:
    rows = Request.objects.filter(
        realm=span.realm_id, answer_by__gte=span.first, answer_by__lte=span.until
    ).exclude(state=RequestState.WITHDRAWN)
    for who, ref, by, at in rows.order_by("pk").values_list(
        "asked", "pk", "answer_by", "answered_at"
    ):
        found.row(who, Indicator.REQUESTS, ref, good=at is not None and span.day(at) <= by)


def echoes(span: Span, found: Found) -> None:
    """Only what was released about one who leads; the rest together belongs to no unit."""
    rows = EchoTotal.objects.filter(
        realm=span.realm_id, period__startswith=f"{span.year}-", leader__isnull=False
    )
    for who, *sums in rows.order_by("pk").values_list("leader", "yes", "partly", "no"):
        yes, partly, no = sums
        found.sum(who, Indicator.VIEW, (yes, partly, no))


def opinions(span: Span) -> dict[UUID, Sums]:
    """By unit, where five or more said something and not all the same."""
    rows = list(Opinion.objects.filter(realm=span.realm_id, year=span.year).order_by("pk"))
    texts = (
        open_column(span.realm_id, OPINION, [(row.pk, bytes(row.said_sealed)) for row in rows])
        if rows
        else []
    )
    answers: dict[UUID, list[EchoAnswer]] = defaultdict(list)
    for row, text in zip(rows, texts, strict=True):
        answers[row.unit_id].append(EchoAnswer(loads(text)["answer"]))
    found = {}
    for unit, given in answers.items():
        if is_enough_of(given):
            found[unit] = (
                given.count(EchoAnswer.YES), given.count(EchoAnswer.PARTLY),
                given.count(EchoAnswer.NO),
            )  # fmt: skip
    return found
