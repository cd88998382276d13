"""Talks of one leader as facts, with what was measured of their records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from tanxin.core.likeness import seams, sketch
from tanxin.core.likeness.residue import residue
from tanxin.core.likeness.stock import share_of_stock
from tanxin.core.oversight.facts import IssueFact, Sign, TalkFact, TextFact
from tanxin.demo.trial.words import record, text_of

KEY = b"the key of an invented year....."
BEGINS = date(2025, 1, 6)
YEAR_DAYS = 350
WORK_BEGINS, HOURS = 9, 8
KINDS = ("work", "life", "growth", "style", "team", "condition")


@dataclass
class Trial:
    """``planted``: by sign, whom it is about; what only looks alike is in no list."""

    chance: Random
    talks: list[TalkFact] = field(default_factory=list)
    issues: list[IssueFact] = field(default_factory=list)
    away: dict[UUID, tuple[tuple[date, date], ...]] = field(default_factory=dict)
    planted: dict[Sign, set[UUID]] = field(default_factory=lambda: {sign: set() for sign in Sign})

    def person(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)

    def moment(self, first: int = 0, last: int = YEAR_DAYS) -> datetime:
        """A quarter of an hour on a working day between two days of the year."""
        day = BEGINS + timedelta(days=self.chance.randrange(first, last))
        day += timedelta(days=max(0, 7 - day.isoweekday()) * (day.isoweekday() > 5))  # noqa: PLR2004
        day += timedelta(days=day.isoweekday() > 5)  # noqa: PLR2004 Sunday to Monday
        quarter = self.chance.randrange(HOURS * 4)
        begin = datetime(day.year, day.month, day.day, WORK_BEGINS)  # noqa: DTZ001 local, as facts are
        return begin + timedelta(minutes=15 * quarter)

    def add(
        self,
        leader: UUID,
        sentences: list[str],
        held: datetime | None = None,
        entered: datetime | None = None,
        subject: UUID | None = None,
    ) -> TalkFact:
        """An honest talk, entered after a while and confirmed some days later."""
        held = held or self.free(leader)
        entered = entered or held + timedelta(minutes=self.chance.randrange(40, 60 * 48))
        talk = TalkFact(
            id=self.person(),
            initiator=leader,
            subject=subject or self.person(),
            held=held,
            entered=entered,
            confirmed=entered + timedelta(hours=self.chance.randrange(1, 90)),
            text=measured(text_of(sentences), held.date()),
        )
        self.talks.append(talk)
        return talk

    def free(self, leader: UUID) -> datetime:
        """A time at which the leader holds no other talk."""
        taken = {talk.held for talk in self.talks if talk.initiator == leader}
        while (moment := self.moment()) in taken or any(
            abs(moment - other) < timedelta(minutes=45) for other in taken
        ):
            pass
        return moment

    def change(self, talk: TalkFact, **facts: object) -> TalkFact:
        changed = replace(talk, **facts)  # type: ignore[arg-type] # whatever a test of signs varies
        self.talks[self.talks.index(talk)] = changed
        return changed

    def raise_issue(
        self, talk: TalkFact, kind: str = "", moments: Mapping[str, datetime] | None = None
    ) -> None:
        """An issue of the talk that is answered some weeks later."""
        known, chance = moments or {}, self.chance
        raised = known.get("raised", (talk.entered or talk.held) + timedelta(hours=2))
        reported = known.get("reported", raised + timedelta(days=chance.randrange(9, 40)))
        verified = known.get("verified", reported + timedelta(hours=chance.randrange(2, 99)))
        answered = known.get("answered", verified + timedelta(days=chance.randrange(1, 9)))
        self.issues.append(
            IssueFact(
                self.person(), talk.id, talk.initiator, talk.subject,
                kind or self.chance.choice(KINDS), raised, reported, verified, answered,
            )
        )  # fmt: skip

    def honest(self, leader: UUID, count: int, *, raising: int = 3) -> list[TalkFact]:
        """Ordinary talks; about every ``raising``-th leads to an issue."""
        talks = [self.add(leader, record(self.chance)) for _ in range(count)]
        for talk in talks[::raising]:
            self.raise_issue(talk)
        return talks

    def plant(self, sign: Sign, leaders: Iterable[UUID]) -> None:
        self.planted[sign] |= set(leaders)


def measured(text: str, held_on: date, others: Iterable[str] = ()) -> TextFact:
    return TextFact(
        sketch=sketch(text, KEY),
        seams=seams(text, KEY),
        stock=share_of_stock(text),
        residue=residue(text, held_on=held_on, in_it=("本明",), others=tuple(others)),
    )
