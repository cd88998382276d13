"""The facts of a realm as the core reads them: small rows of one table, all or some of them.

Facts that are voided, or that ended before the horizon, are left out; so are posts of levels that
no rule asks about, which in a large organisation are most of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, Func, Model, OuterRef, Q

from tanxin.apps.duties.columns import DAY, ID, PLAIN, Reader
from tanxin.apps.org.models import (
    POST_LEVELS,
    BranchMember,
    Charge,
    Contact,
    Event,
    Person,
    PersonState,
    Post,
    Seat,
    Team,
    Tenure,
    UnitSpell,
)
from tanxin.core.policy import (
    BranchMemberFact,
    ChargeFact,
    ContactFact,
    EventFact,
    PersonFact,
    PostFact,
    SeatFact,
    Snapshot,
    StateFact,
    TeamFact,
    TenureFact,
    UnitFact,
)

LEADING = frozenset({"chief", "head"})
ALL = Q()
Fact = TypeVar("Fact", bound=tuple[Any, ...])


@dataclass(frozen=True, slots=True)
class _Table:
    model: type[Model]
    columns: Mapping[str, str]
    dated: bool = True


_SPAN = {"start": DAY, "end": DAY}
_TABLES: Mapping[type[tuple[Any, ...]], _Table] = {
    UnitFact: _Table(UnitSpell, {"unit": ID, "kind": PLAIN, "parent": ID, **_SPAN}),
    PostFact: _Table(Post, {"id": ID, "unit": ID, "level": PLAIN}, dated=False),
    TenureFact: _Table(Tenure, {"person": ID, "post": ID, **_SPAN}),
    TeamFact: _Table(Team, {"id": ID, "unit": ID, "kind": PLAIN}, dated=False),
    SeatFact: _Table(Seat, {"team": ID, "person": ID, "role": PLAIN, **_SPAN}),
    ChargeFact: _Table(Charge, {"person": ID, "unit": ID, **_SPAN}),
    BranchMemberFact: _Table(
        BranchMember, {"person": ID, "branch": ID, "role": PLAIN, **_SPAN}
    ),
    ContactFact: _Table(
        Contact, {"kind": PLAIN, "person": ID, "other": ID, "unit": ID, **_SPAN}
    ),
    StateFact: _Table(
        PersonState, {"id": ID, "person": ID, "kind": PLAIN, **_SPAN, "sensitive": PLAIN}
    ),
}  # fmt: skip
_EVENT = {
    "id": ID, "kind": PLAIN, "on": DAY, "unit": ID, "team": ID, "person": ID, "sensitive": PLAIN,
}  # fmt: skip


class Facts:
    """Reads the facts of one realm that can matter from ``since`` on."""

    def __init__(
        self, realm_id: UUID, levels: Iterable[str], *, since: date, streaming: bool = True
    ) -> None:
        self.reader = Reader(streaming=streaming)
        self._realm = Q(realm=realm_id)
        unvoided = self._realm & Q(voided_at=None)
        self._believed = unvoided & (Q(end=None) | Q(end__gt=since))
        # That a state ended on the first day is something that happened in the horizon.
        self._states = unvoided & (Q(end=None) | Q(end__gte=since))
        self._happened = self._realm & Q(voided_at=None, on__gte=since)
        self._tenures = self._believed
        if not set(levels) >= set(POST_LEVELS):
            self._tenures &= Q(post__level__in=sorted(levels)) | Q(person__in=self._in_events())

    def of(self, fact: Callable[..., Fact], where: Q | Func = ALL) -> Iterator[Fact]:
        """Yield the rows of one sort, such as ``SeatFact``; of posts held, those that count."""
        kind: Any = fact
        table = _TABLES[kind]
        always = self._believed if table.dated else self._realm
        if kind is TenureFact:
            always = self._tenures
        elif kind is StateFact:
            always = self._states
        rows = table.model._default_manager.filter(always, where)
        return map(_making(kind, table.columns), self.reader.rows(rows, **table.columns))

    def leavers(self, where: Q | Func = ALL) -> Iterator[PersonFact]:
        """Yield those who have left; of the others nothing is to be known."""
        rows = Person.objects.filter(self._realm, where, left_on__isnull=False)
        for person, left in self.reader.rows(rows, id=ID, left_on=DAY):
            yield PersonFact(person, None, left)

    def events(self, where: Q | Func = ALL) -> Iterator[EventFact]:
        rows = Event.objects.filter(self._happened, where)
        return map(_making(EventFact, _EVENT), self.reader.rows(rows, **_EVENT))

    def newcomers(self) -> set[bytes]:
        """Return those with an event who were in no branch that day."""
        theirs = BranchMember.objects.filter(self._believed, person=OuterRef("person"))
        that_day = theirs.filter(Q(start=None) | Q(start__lte=OuterRef("on"))).filter(
            Q(end=None) | Q(end__gt=OuterRef("on"))
        )
        about = Event.objects.filter(self._happened, ~Exists(that_day), person__isnull=False)
        return self.reader.ids(about, name="person")

    def all(self, more: Mapping[str, list[Any]] | None = None) -> Snapshot:
        return Snapshot(
            persons=self.leavers(),
            units=self.of(UnitFact),
            posts=self.of(PostFact),
            tenures=self.of(TenureFact),
            teams=self.of(TeamFact),
            seats=self.of(SeatFact),
            charges=self.of(ChargeFact),
            members=self.of(BranchMemberFact),
            contacts=self.of(ContactFact),
            states=self.of(StateFact),
            events=self.events(),
            **(more or {}),
        )

    def _in_events(self) -> Any:  # noqa: ANN401 - a query of one column
        """Whoever looks after somebody with an event is found by his post, of whatever level."""
        about = Event.objects.filter(self._happened, person__isnull=False)
        return about.order_by().values("person")


def _making(fact: Any, columns: Mapping[str, str]) -> Callable[[Iterable[Any]], Any]:  # noqa: ANN401 - a class of named tuples
    """What ``fact._make`` does, with its check made once for all rows."""
    if len(columns) != len(fact._fields):
        raise ValueError(f"{fact.__name__} is not read from as many columns as it has fields")
    return partial(tuple.__new__, fact)
