"""Facts that only some rules look at: ranks and other traits, personal dates, history, delegation.

History is what the duties themselves tell: a duty that was met is a talk that was held, one that is
open after its day has lapsed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.db.models import Func, Q

from tanxin.apps.duties.columns import DAY, ID, PLAIN, Among, Reader
from tanxin.apps.duties.models import Duty, RuleRow
from tanxin.apps.org.models import Authority, Contact, Delegation, Person, RankHolding
from tanxin.core.lifecycle import DutyState
from tanxin.core.policy import (
    AuthorityFact,
    DateFact,
    DelegateFact,
    LapseFact,
    TalkFact,
    TraitFact,
)
from tanxin.core.policy.asked import Asked

_HELD = (DutyState.MET, DutyState.CONFIRMED)
_LOOK_BACK = timedelta(days=3 * 366)
_DATES = {"birthday": "birth", "party": "joined_party", "work": "started_work"}
_ALL = Q()
More = Mapping[str, list[Any]]


class MoreFacts:
    """Reads what ``asked`` names, of one realm; all of it or that of some people."""

    def __init__(self, realm_id: UUID, asked: Asked, *, since: date, today: date) -> None:
        self._realm = Q(realm=realm_id)
        self._believed = self._realm & Q(voided_at=None) & (Q(end=None) | Q(end__gt=since))
        self._asked, self._since, self._today = asked, since, today
        self._reader = Reader(streaming=False)

    def all(self) -> More:
        """Return the arguments of a snapshot that hold these facts."""
        return self._read(lambda _: _ALL)

    def of(self, people: Iterable[bytes]) -> More:
        ids = set(people)
        return self._read(lambda column: Among(column, ids))

    def names_units(self) -> bool:
        """Whether a contact that a rule looks at is one with a unit, and so with many people."""
        rows = Contact.objects.filter(self._believed, unit__isnull=False)
        if "" not in self._asked.contacts:
            rows = rows.filter(kind__in=sorted(self._asked.contacts))
        return bool(self._asked.contacts) and rows.exists()

    def _read(self, whose: Callable[[str], Q | Func]) -> More:
        asked = self._asked
        return {
            "traits": list(self._traits(whose("person"), whose("pk"))),
            "dates": list(self._dates(whose("pk"))),
            "talks": list(self._talks(whose("subject"))) if asked.talks else [],
            "lapses": list(self._lapses(whose("initiator"))) if asked.lapses else [],
            "delegates": list(self._delegates(whose("person"))) if asked.delegates else [],
            "authorities": list(self._authorities()) if asked.authorities else [],
        }

    def _traits(self, of_fact: Q | Func, of_person: Q | Func) -> Iterator[TraitFact]:
        if "rank" in self._asked.traits:
            rows = RankHolding.objects.filter(self._believed, of_fact)
            for person, *rest in self._reader.rows(rows, person=ID, rank=PLAIN, start=DAY, end=DAY):
                yield TraitFact(person, "rank", *rest)
        for kind in sorted(self._asked.traits - {"rank"}):
            people = Person.objects.filter(self._realm, of_person).exclude(**{kind: ""})
            for person, value in self._reader.rows(people, id=ID, **{kind: PLAIN}):
                yield TraitFact(person, kind, value)

    def _dates(self, of_person: Q | Func) -> Iterator[DateFact]:
        for kind, column in _DATES.items():
            if kind not in self._asked.dates:
                continue
            sort = PLAIN if column == "birth" else DAY
            people = Person.objects.filter(self._realm, of_person)
            for person, value in self._reader.rows(people, id=ID, **{column: sort}):
                on = _day(value)
                if on is not None:
                    yield DateFact(person, kind, on)

    def _talks(self, of_subject: Q | Func) -> Iterator[TalkFact]:
        rules = self._rules()
        rows = Duty.objects.filter(
            self._realm, of_subject, state__in=_HELD, subject__isnull=False,
            met_on__gte=self._since - _LOOK_BACK,
        )  # fmt: skip
        for initiator, subject, kind, on, rule in self._reader.rows(
            rows, initiator=ID, subject=ID, kind=PLAIN, met_on=DAY, rule=ID
        ):
            pack, name, talk_type = rules[rule]
            yield TalkFact(
                _talk(initiator, subject, on), initiator, subject, kind, on, talk_type,
                f"{pack}/{name}",
            )  # fmt: skip

    def _lapses(self, of_initiator: Q | Func) -> Iterator[LapseFact]:
        rules = self._rules()
        rows = Duty.objects.filter(
            self._realm, of_initiator, state=DutyState.OPEN, due__lt=self._today,
            due__gte=self._since,
        )  # fmt: skip
        for duty, person, due, rule in self._reader.rows(
            rows, id=ID, initiator=ID, due=DAY, rule=ID
        ):
            yield LapseFact(duty, person, rules[rule][1], due + timedelta(days=1))

    def _delegates(self, of_person: Q | Func) -> Iterator[DelegateFact]:
        rows = Delegation.objects.filter(self._believed, of_person)
        columns = {"person": ID, "delegate": ID, "rule": PLAIN, "start": DAY, "end": DAY}
        return map(DelegateFact._make, self._reader.rows(rows, **columns))

    def _authorities(self) -> Iterator[AuthorityFact]:
        rows = Authority.objects.filter(self._believed)
        columns = {"unit": ID, "over": ID, "rank": PLAIN, "start": DAY, "end": DAY}
        return map(AuthorityFact._make, self._reader.rows(rows, **columns))

    def _rules(self) -> Mapping[bytes, tuple[str, str, str]]:
        rows = RuleRow.objects.filter(self._realm).values_list("pk", "pack", "rule", "text")
        return {
            key.bytes: (pack, rule, str(text.get("type", ""))) for key, pack, rule, text in rows
        }


def _talk(initiator: bytes, subject: bytes, on: date) -> bytes:
    """One talk may have met several duties; it is known by who talked when."""
    return blake2b(initiator + subject + on.isoformat().encode(), digest_size=16).digest()


def _day(value: date | str | None) -> date | None:
    """A birthday may be known by its year alone, or not at all."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value
