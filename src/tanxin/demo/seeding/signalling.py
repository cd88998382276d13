"""Records that ask for a look: some rightly, some although nothing is wrong with them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle
from uuid import UUID

from django.utils import timezone

from tanxin.apps.org.selectors.accounts import has_account
from tanxin.apps.oversight import services
from tanxin.apps.oversight.inspecting import Team, propose_inspection
from tanxin.apps.oversight.models import Signal
from tanxin.apps.oversight.sampling import Said, Wish, answer_call, draw_sample
from tanxin.apps.oversight.signalling import look
from tanxin.apps.talks import services as talks
from tanxin.core.access import Actor
from tanxin.core.oversight.facts import Sign
from tanxin.core.oversight.sampling import Solved, TookPlace
from tanxin.core.oversight.settling import Outcome
from tanxin.demo.seeding.clock import DAY
from tanxin.demo.seeding.stage import Course, Stage
from tanxin.demo.seeding.talking import agree, digest_of
from tanxin.demo.seeding.year import heads_of
from tanxin.demo.texts.deck import read

MINUTES = timedelta(minutes=1)
HALF_A_YEAR = timedelta(days=182)
# Heads of departments by what they do; the last one is a persona of the demo.
COPIES, FIELD, TEMPLATE, STOCK, FIRST, SECOND = (
    "投资促进处", "安全应急处", "政策法规处", "信息化处", "人事处", "财务处",
)  # fmt: skip


class Signalling:
    def __init__(self, stage: Stage) -> None:
        self.stage, self.clock, self.cast = stage, stage.clock, stage.cast
        self.texts = read("signals")
        found = heads_of(stage.cast)
        spare = (unit for unit, human in found.items() if not human.persona)
        units = {name: name if name in found else next(spare) for name in LEADING}
        self.heads = {name: self.cast.id_of(found[unit]) for name, unit in units.items()}

    def courses(self) -> Iterator[Course]:
        evening = self.clock.ago(16, 17, 20)
        yield from self.sitting(COPIES, "copied", evening, spread=6, late="late")
        yield from self.sitting(
            FIELD, "field", self.clock.ago(25, 18, 5), spread=4, late="field_late"
        )
        for name, text, days in (
            *((STOCK, text, 30 + 9 * at) for at, text in enumerate(self.texts["stock"])),
            (TEMPLATE, self.texts["template"][0], 22),
            (FIRST, self.texts["handed"][0], 34),
            (SECOND, self.texts["handed"][1], 32),
        ):
            yield self.talk(self.heads[name], text, self.clock.ago(days, 16, 5))
        persona = self.cast.persona("demo-head")
        other = self.subjects(persona)
        same = next(other)
        for text, days in zip(self.texts["carried"], (75, 28), strict=True):
            yield self.talk(persona, text, self.clock.ago(days, 15, 45), subject=same)

    def sitting(
        self, name: str, texts: str, evening: datetime, *, spread: int, late: str
    ) -> Iterator[Course]:
        """Talks of several weeks, entered one after another on one evening."""
        people = self.subjects(self.heads[name])
        for at, text in enumerate(self.texts[texts]):
            held = self.clock.later(evening, -spread * (at + 1)).replace(minute=5)
            yield self.talk(
                self.heads[name], text, held, subject=next(people),
                entered=evening + 3 * at * MINUTES, late=self.texts[late],
            )  # fmt: skip

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
        if text not in self.texts["copied"]:
            yield (at := self.clock.later(at, 1))
            talks.confirm_record(other, talk.pk, digest=digest_of(talk), at=at)

    def settle(self) -> int:
        """Look, and go on with two of what is found: one explained, one talked about."""
        at = timezone.now()
        count = look(self.cast.realm_id, today=self.cast.today, at=at)
        rows = Signal.objects.filter(realm=self.cast.realm_id)
        supervisor = self.cast.actor(self.cast.second_supervisor)
        for row in rows.filter(sign=Sign.BURST, person=self.heads[FIELD]):
            explained = self.texts["field_explained"]
            services.explain(self.cast.actor(row.person_id), row.pk, text=explained, at=at)
        for row in rows.filter(sign=Sign.ACROSS, person=self.heads[SECOND]):
            note = self.texts["handed_note"]
            services.settle(supervisor, row.pk, outcome=Outcome.TALKED, note=note, at=at)
        for row in rows.filter(sign=Sign.LATE, person=self.heads[FIELD]):
            services.settle(supervisor, row.pk, outcome=Outcome.NOTHING, at=at)
        self.call_back(supervisor, at)
        self.inspect(supervisor, at)
        return count

    def inspect(self, supervisor: Actor, at: datetime) -> None:
        """Proposed, and waiting for who gives roles: two heads, for a week."""
        today, members = self.cast.today, (self.heads[FIRST], self.heads[SECOND])
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


LEADING = (COPIES, FIELD, TEMPLATE, STOCK, FIRST, SECOND)
