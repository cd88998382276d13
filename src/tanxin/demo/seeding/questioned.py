"""Two of each sort of question: one that was right to ask, one although nothing was wrong.

They have dice of their own, so that nothing else of the year changes with them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import cycle
from uuid import UUID

from tanxin.apps.issues import services as issues
from tanxin.apps.talks import services as talks
from tanxin.apps.talks.models import Talk
from tanxin.core.access import Actor
from tanxin.demo.dice import dice
from tanxin.demo.invent import Human
from tanxin.demo.seeding.cast import Cast
from tanxin.demo.seeding.clock import DAY, Clock, half_start
from tanxin.demo.seeding.stage import Course, Stage
from tanxin.demo.seeding.talking import agree, digest_of
from tanxin.demo.seeding.year import heads_of
from tanxin.demo.texts.deck import read

# People who lead no branch and talk with nobody else, by what theirs were like.
WHO = (
    "copied", "turns", "yearly", "carried_on", "shuffled", "checklist", "phrases", "refers",
    "rushed", "arrived",
)  # fmt: skip
SETTLED_DOWN = timedelta(days=30)
MINUTES = timedelta(minutes=1)
# Working days before the end of the half-year, hour and minute: two of them at one time.
LAST_DAYS = ((2, 9, 5), (2, 14, 5), (1, 9, 5), (1, 9, 15), (0, 9, 5), (0, 10, 30))
OWNER, VERIFIER = "办公室", "综合协调处"
KIND = "condition"


class Questioned:
    def __init__(self, stage: Stage) -> None:
        self.cast, self.texts = stage.cast, read("questioned")
        self.clock = replace(stage.clock, chance=dice("questions"))
        self.leads = dict(zip(WHO, quiet(stage.cast), strict=False))
        self.heads = {unit: self.cast.id_of(human) for unit, human in heads_of(stage.cast).items()}

    def courses(self) -> Iterator[Course]:
        for name, days in (
            ("turns", (52, 24)), ("yearly", (190, 21)), ("carried_on", (186, 26)),
            ("shuffled", (47, 33)), ("checklist", (64, 29)), ("refers", (31,)),
        ):  # fmt: skip
            for text, subject, ago in zip(
                self.told(name), self.subjects(self.leads[name]), days, strict=False
            ):
                yield self.talk(name, text, subject, self.clock.ago(ago, 15, 5))
        for at, (text, subject) in enumerate(
            zip(read("signals")["stock"], self.subjects(self.leads["phrases"]), strict=False)
        ):
            yield self.talk("phrases", text, subject, self.clock.ago(27 + 8 * at, 10, 5))
        yield from self.last_week("rushed")
        yield from self.last_week("arrived")

    def told(self, name: str) -> Sequence[str]:
        """What is told once comes again with its sentences in another order."""
        texts: Sequence[str] = self.texts[name]
        return texts if name not in {"shuffled", "checklist"} else (texts[0], turned(texts[0]))

    def last_week(self, name: str) -> Iterator[Course]:
        """Nearly all of a half-year at its end, the same said by all, half of it done at once."""
        end = self.clock.calendar.working_day_until(end_of_half(self.cast.today - SETTLED_DOWN))
        for number, (text, subject, (days, hour, minute)) in enumerate(
            zip(self.texts[name], self.subjects(self.leads[name]), LAST_DAYS, strict=False)
        ):
            day = self.clock.calendar.add_working_days(end, -days)
            held = self.clock.at(day, hour, minute)
            yield self.talk(
                name, text, subject, held, matter=self.texts["matters"][name], at=number
            )

    def subjects(self, lead: UUID) -> Iterator[UUID]:
        head = self.cast.humans[lead]
        return cycle(
            person
            for person, human in self.cast.humans.items()
            if person != lead and human.place == head.place and is_free(self.cast, human)
        )

    def talk(
        self, name: str, text: str, subject: UUID, held: datetime, *,
        matter: dict[str, str] | None = None, at: int = 0,
    ) -> Course:  # fmt: skip
        actor, other = self.cast.actor(self.leads[name]), self.cast.actor(subject)
        yield (moment := self.clock.later(held, -3))
        talk = talks.propose_talk(
            actor, with_person=subject, planned_for=held, kind="routine", at=moment
        )
        yield (moment := self.clock.later(moment, 1))
        began = agree(other, actor, talk, moment)
        began = held if matter else began
        yield (moment := began + 40 * MINUTES)
        talks.hold(actor, talk.pk, held_at=began, at=moment)
        yield (moment := moment + 5 * MINUTES)
        talks.write_record(actor, talk.pk, text=text, at=moment)
        if matter:
            yield from self.raised(actor, talk, matter, moment, is_done_at_once=at % 2 == 0)
        yield (moment := self.clock.later(moment, 3))
        talks.confirm_record(other, talk.pk, digest=digest_of(talk), at=moment)

    def raised(
        self, lead: Actor, talk: Talk, matter: dict[str, str], moment: datetime, *,
        is_done_at_once: bool,
    ) -> Course:  # fmt: skip
        """Raised, done, looked at and answered within some hours; or put off two days later."""
        yield (at := moment + 5 * MINUTES)
        issue = issues.raise_issue(lead, talk.pk, kind=KIND, text=matter["raised"], at=at).pk
        if not is_done_at_once:
            yield (at := self.clock.later(at, 2))
            issues.explain_issue(lead, issue, text=matter["later"], at=at)
            return
        owner, verifier = self.heads[OWNER], self.heads[VERIFIER]
        yield (at := at + 5 * MINUTES)
        issues.assign_issue(
            lead, issue, owner=owner, verifier=verifier, due=at.date() + 14 * DAY,
            statement_text=matter["statement"], measure_text=matter["measure"], at=at,
        )  # fmt: skip
        yield (at := at + 60 * MINUTES)
        issues.report_measure(
            self.cast.actor(owner), issue, evidence_text=matter["evidence"], at=at
        )
        yield (at := at + MINUTES / 2)
        issues.verify_measure(
            self.cast.actor(verifier), issue, solved=True, note=matter["note"], at=at
        )
        yield (at := at + 30 * MINUTES)
        issues.answer_issue(lead, issue, answer_text=matter["answer"], at=at)


def quiet(cast: Cast) -> Iterator[UUID]:
    """One of each department of which nobody is a persona: a senior officer who leads no branch."""
    known = {human.department for human in cast.org.personas.values()}
    for person, human in cast.humans.items():
        is_senior = human.title.endswith("调研员") and is_free(cast, human)
        if is_senior and person != cast.second_supervisor and human.department not in known:
            known.add(human.department)
            yield person


def is_free(cast: Cast, human: Human) -> bool:
    """Leads nothing, is not away, and nobody a visitor may be."""
    away = any(line.human is human for line in cast.org.states)
    return human.party_post in {"", "党员"} and not human.persona and not away


def within_a_half(clock: Clock, ago: int, span: int) -> int:
    """The first of so many working days before today from which ``span`` lie in one half-year."""
    while half_start(clock.ago(ago).date()) != half_start(clock.ago(ago + span).date()):
        ago += 1
    return ago


def end_of_half(day: date) -> date:
    """The last day of the half-year before that of ``day``."""
    return half_start(day) - DAY


def turned(text: str) -> str:
    """Every second sentence first."""
    parts = [part for part in text.split("。") if part]
    return "。".join([*parts[1::2], *parts[::2]]) + "。"
