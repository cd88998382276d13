"""Records that ask for a look: some rightly, some although nothing is wrong with them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from tanxin.apps.org.selectors.accounts import has_account
from tanxin.apps.oversight import services
from tanxin.apps.oversight.access import works_under
from tanxin.apps.oversight.inspecting import Team, propose_inspection
from tanxin.apps.oversight.models import Signal
from tanxin.apps.oversight.sampling import Said, Wish, answer_call, draw_sample
from tanxin.apps.oversight.signalling import look
from tanxin.apps.talks import services as talks
from tanxin.core.access import Actor
from tanxin.core.oversight.facts import Sign
from tanxin.core.oversight.sampling import Solved, TookPlace
from tanxin.core.oversight.settling import Outcome
from tanxin.demo.seeding.clock import DAY, HOURS
from tanxin.demo.seeding.questioned import Questioned, within_a_half
from tanxin.demo.seeding.stage import Course, Stage
from tanxin.demo.seeding.talking import agree, digest_of
from tanxin.demo.seeding.year import heads_of
from tanxin.demo.texts.deck import read

MINUTES = timedelta(minutes=1)
HALF_A_YEAR = timedelta(days=182)
TEN = 10
# Heads of departments, by what theirs were like.
HEADS = {
    "field": "安全应急处", "template": "政策法规处", "stock": "数字经济处", "first": "人事处",
    "second": "财务审计处",
}  # fmt: skip


class Signalling:
    def __init__(self, stage: Stage) -> None:
        self.stage, self.clock, self.cast = stage, stage.clock, stage.cast
        self.texts = read("signals")
        found = heads_of(stage.cast)
        self.questioned = Questioned(stage)
        heads = {name: self.cast.id_of(found[unit]) for name, unit in HEADS.items()}
        self.people = {**self.questioned.leads, **heads}

    def courses(self) -> Iterator[Course]:
        yield from self.sitting("copied", (16, 17, 20), spread=6, late="late")
        yield from self.sitting("field", (25, 18, 5), spread=4, late="field_late")
        yield from self.questioned.courses()
        for name, text, days in (
            *(("stock", text, 30 + 9 * at) for at, text in enumerate(self.texts["stock"])),
            ("template", self.texts["template"][0], 22),
            ("first", self.texts["handed"][0], 34),
            ("second", self.texts["handed"][1], 32),
        ):
            yield self.talk(self.people[name], text, self.clock.ago(days, 16, 5))
        persona = self.cast.persona("demo-head")
        other = self.subjects(persona)
        same = next(other)
        for text, days in zip(self.texts["carried"], (75, 28), strict=True):
            yield self.talk(persona, text, self.clock.ago(days, 15, 45), subject=same)

    def sitting(
        self, name: str, evening: tuple[int, int, int], *, spread: int, late: str
    ) -> Iterator[Course]:
        """Ten talks of several weeks of one half-year, entered one after another on one evening."""
        ago, hour, minute = evening
        days = within_a_half(self.clock, ago, (TEN + 1) * spread)
        sat = self.clock.ago(days, hour, minute)
        people = self.subjects(self.people[name])
        for at, text in zip(range(TEN), cycle(self.texts[name]), strict=False):
            held = self.clock.ago(days + spread * (at + 1), self.hour(at), 5)
            yield self.talk(
                self.people[name], text, held, subject=next(people),
                entered=sat + 3 * at * MINUTES, late=self.texts[late],
            )  # fmt: skip

    @staticmethod
    def hour(at: int) -> int:
        return HOURS[at % len(HOURS)]

    def subjects(self, lead: UUID) -> Iterator[UUID]:
        """Those of the same department, again and again where they are few."""
        head = self.cast.humans[lead]
        people = [
            person
            for person, human in self.cast.humans.items()
            if person != lead and human.place == head.place and human.department == head.department
        ]
        return cycle(people)

    def talk(
        self,
        lead: UUID,
        text: str,
        held: datetime,
        *,
        subject: UUID | None = None,
        entered: datetime | None = None,
        late: str = "",
    ) -> Course:
        subject = subject or next(self.subjects(lead))
        actor, other = self.cast.actor(lead), self.cast.actor(subject)
        yield (at := self.clock.later(held, -4))
        talk = talks.propose_talk(
            actor, with_person=subject, planned_for=held, kind="routine", at=at
        )
        yield (at := self.clock.later(at, 1))
        began = agree(other, actor, talk, at)
        yield (at := began + 35 * MINUTES)
        talks.hold(actor, talk.pk, held_at=began, at=at)
        yield (at := entered or at + 20 * MINUTES)
        talks.write_record(actor, talk.pk, text=text, late_reason=late, at=at)
        if text not in (*self.texts["copied"], *self.texts["field"]):
            yield (at := self.clock.later(at, 1))
            talks.confirm_record(other, talk.pk, digest=digest_of(talk), at=at)

    def settle(self) -> int:
        """Look, and say of each sort of question what came of one that was right and of another."""
        at = timezone.now()
        count = look(self.cast.realm_id, today=self.cast.today, at=at)
        supervisor = self.cast.actor(self.cast.second_supervisor)
        told = read("questioned")
        free = self.without_people(supervisor)
        for sign, answers in told["looked_at"].items():
            for who, outcome, why, note in answers:
                found = free[who : who + 1] if isinstance(who, int) else self.asked(sign, who)
                for row in found:
                    self.explain(row, why, at)
                    outcome_of = Outcome(outcome)
                    services.settle(supervisor, row.pk, outcome=outcome_of, note=note, at=at)
        for row in free[2:3]:
            self.explain(row, told["explained"], at)
        self.call_back(supervisor, at)
        self.inspect(supervisor, at)
        return count

    def explain(self, row: Signal, why: str, at: datetime) -> None:
        if why:
            services.explain(self.cast.actor(row.person_id), row.pk, text=why, at=at)

    def asked(self, sign: str, who: str) -> QuerySet[Signal]:
        """The first such question about somebody."""
        rows = Signal.objects.filter(realm=self.cast.realm_id, sign=sign)
        return rows.filter(person=self.people[who]).order_by("anchor")[:1]

    def without_people(self, supervisor: Actor) -> list[Signal]:
        """Talks with somebody who was away, of the year as it went, that the supervisor settles."""
        rows = Signal.objects.filter(realm=self.cast.realm_id, sign=Sign.ABSENT)
        personas = [self.cast.persona(handle) for handle in self.cast.org.personas]
        rows = rows.exclude(person__in=[*personas, supervisor.person_id]).order_by("anchor")
        return [row for row in rows if not works_under(supervisor, row, self.cast.today)]

    def inspect(self, supervisor: Actor, at: datetime) -> None:
        """Proposed, and waiting for who gives roles: two heads, for a week."""
        today, members = self.cast.today, (self.people["first"], self.people["second"])
        first, last = today + 3 * DAY, today + 9 * DAY
        team = Team("年底作风检查", first, last, today - HALF_A_YEAR, today, members)
        propose_inspection(supervisor, team, at=at)

    def call_back(self, supervisor: Actor, at: datetime) -> None:
        """A sample of which two in three have answered; the personas have not yet."""
        today = self.cast.today
        wish = Wish(today - HALF_A_YEAR, today - timedelta(days=14), 12)
        sample = draw_sample(supervisor, wish, at=at)
        personas = {self.cast.persona(handle) for handle in self.cast.org.personas}
        calls = sample.calls.order_by("person", "pk").exclude(person__in=personas)
        answers = cycle(self.texts["answers"])
        for call in calls[: sample.size * 2 // 3]:
            if has_account(self.cast.realm_id, call.person_id):
                took_place, solved, words = next(answers)
                said = Said(TookPlace(took_place), Solved(solved), words)
                answer_call(self.cast.actor(call.person_id), call.pk, said, at=at)
