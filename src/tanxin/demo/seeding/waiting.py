"""What waits today for each of the five a visitor may be, so that every first screen has work."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

from tanxin.apps.duties.selectors import duties_met_by_talk_of
from tanxin.apps.talks import services as talks
from tanxin.apps.talks.models import Talk
from tanxin.core.policy.manner import Part
from tanxin.demo.seeding.raising import TroublePlan, trouble_course
from tanxin.demo.seeding.stage import Course, Stage
from tanxin.demo.seeding.talking import KIND_OF, TalkPlan, agree, talk_course
from tanxin.demo.seeding.year import LEADERS, heads_of
from tanxin.demo.texts import Trouble, read_troubles


class Waiting:
    """The courses that stop short of today's visitor."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.clock, self.cast = stage, stage.clock, stage.cast
        self.secretary = self.cast.persona("demo-secretary")
        self.deputy = self.cast.persona("demo-deputy")
        self.head = self.cast.persona("demo-head")
        self.member = self.cast.persona("demo-member")
        self.organiser = self.cast.persona("demo-organiser")
        self.leaders = [self.cast.id_of(human) for human in self.cast.org.people[:LEADERS]]
        self.heads = {unit: self.cast.id_of(human) for unit, human in heads_of(stage.cast).items()}
        self.troubles: dict[str, list[Trouble]] = {}
        for trouble in read_troubles():
            self.troubles.setdefault(trouble.kind, []).append(trouble)

    def courses(self) -> Iterator[Course]:
        yield from self.for_secretary()
        yield from self.for_deputy()
        yield from self.for_head()
        yield from self.for_member()
        yield from self.for_organiser()
        yield from self.with_several()
        yield from self.ended_otherwise()

    def for_secretary(self) -> Iterator[Course]:
        others = self.leaders
        yield self.arranged(others[2], self.secretary, "team", days=3)
        yield self.held_only(self.secretary, others[4], "team")
        yield self.asked(self.head, self.secretary, topic=2, days=2)
        yield self.talked(self.heads["人事处"], self.secretary, "branch", days=3, ending="silent")
        plan = self.plan("work", 1, owner="办公室", verifier="督查考核处", takes=16, stops="answer")
        yield self.talked(self.secretary, others[5], "team", days=34, then=plan)

    def for_deputy(self) -> Iterator[Course]:
        """Beside what she has missed with one of the heads in her charge."""
        centre = self.heads["临澜市企业发展服务中心"]
        industry = self.heads["产业发展处"]
        yield self.arranged(centre, self.deputy, "charge", days=2)
        yield self.talked(self.deputy, industry, "charge", days=6, ending="not_right")
        yield self.talked(self.head, self.deputy, "branch", days=4, ending="silent")
        plan = self.plan("team", 0, owner="综合协调处", verifier="督查考核处", stops="assign")
        yield self.talked(
            self.deputy, self.heads["临澜市产业服务中心"], "charge", days=7, then=plan
        )
        yield self.asked(self.member, self.deputy, topic=4, days=7)

    def for_head(self) -> Iterator[Course]:
        yield self.talked(self.deputy, self.head, "charge", days=3, ending="silent")
        yield self.arranged(self.head, self.colleague(3), "branch", days=1, is_agreed=True)
        yield self.asked(self.member, self.head, topic=0, days=1)
        late = self.plan("style", 1, owner=self.head, verifier="督查考核处", due=14, stops="report")
        yield self.talked(self.deputy, self.heads["产业发展处"], "charge", days=27, then=late)
        soon = self.plan("work", 2, owner=self.head, verifier="政策法规处", due=16, stops="report")
        yield self.talked(self.secretary, self.leaders[6], "team", days=14, then=soon)

    def for_member(self) -> Iterator[Course]:
        yield self.arranged(self.head, self.member, "branch", days=2)
        yield self.talked(self.colleague(1), self.member, "branch", days=4, ending="silent")
        done = self.plan("growth", 1, owner="人事处", verifier="督查考核处", takes=15)
        yield self.talked(self.head, self.member, "branch", days=58, then=done)
        hers = self.plan("work", 2, owner=self.member, verifier="办公室", due=20, stops="report")
        yield self.talked(self.head, self.colleague(5), "branch", days=12, then=hers)

        yield self.sent_elsewhere(self.member, self.leaders[5], self.heads["人事处"], days=2)

    def for_organiser(self) -> Iterator[Course]:
        check = self.plan(
            "growth", 0, owner="督查考核处", verifier=self.organiser, takes=14, stops="verify"
        )
        yield self.talked(self.secretary, self.leaders[2], "team", days=22, then=check)
        yield self.talked(self.heads["人事处"], self.organiser, "branch", days=2, ending="silent")
        yield self.arranged(self.heads["机关党委办公室"], self.organiser, "branch", days=3)

    def ended_otherwise(self) -> Iterator[Course]:
        """Talks and requests that came to another end than they were meant to."""
        yield self.talked(
            self.leaders[6], self.heads["安全应急处"], "charge", days=11, ending="did_not_happen"
        )
        yield self.called_off(self.leaders[3], self.heads["数字经济处"], "charge", days=15)
        yield self.called_off(self.leaders[4], self.heads["园区建设处"], "charge", days=28)
        yield self.turned_down(self.colleague(4), self.leaders[5], days=19)
        yield self.taken_up(self.heads["项目推进处"], self.secretary, days=40)
        yield self.asked(self.colleague(2), self.leaders[3], topic=3, days=17)

    def with_several(self) -> Iterator[Course]:
        """One that waits for the chief's approval, and two talks in a group."""
        yield self.to_approve(self.deputy, self.heads["产业发展处"])
        yield self.accompanied(self.deputy, self.heads["数字经济处"], self.head)
        heads = [self.head, self.heads["产业发展处"], self.heads["数字经济处"]]
        yield self.summed_up(self.deputy, heads, days=5)
        mates = [self.member, self.colleague(1), self.colleague(5)]
        yield self.gathered(self.head, mates, days=2)

    def to_approve(self, lead: UUID, other: UUID) -> Course:
        yield (at := self.clock.ago(1, 15, 20))
        talks.propose_talk(
            self.cast.actor(lead), with_person=other, planned_for=self.clock.ahead(4, 10),
            kind="warning", type_id="reminding", at=at,
            place=self.stage.place("warning", other),
        )  # fmt: skip

    def accompanied(self, lead: UUID, other: UUID, third: UUID) -> Course:
        """Somebody will be there with the two; the other side sees it before agreeing."""
        yield (at := self.clock.ago(1, 16, 10))
        talk = talks.propose_talk(
            self.cast.actor(lead), with_person=other, planned_for=self.clock.ahead(5, 15),
            kind="care", at=at, place=self.stage.place("hardship", other),
        )  # fmt: skip
        talks.name_beside(self.cast.actor(lead), talk.pk, {Part.ACCOMPANIST: third}, at=at)

    def gathered(self, lead: UUID, others: list[UUID], *, days: int) -> Course:
        """Asked; one has said yes already."""
        yield (at := self.clock.ago(2, 10, 30))
        group = self.ask_all(lead, others, when=self.clock.ahead(days, 15), at=at)
        yield (at := self.clock.ago(1, 9, 10))
        talk = Talk.objects.get(realm=self.cast.realm_id, group=group, subject=others[1])
        talks.agree(self.cast.actor(others[1]), talk.pk, at=at)

    def summed_up(self, lead: UUID, others: list[UUID], *, days: int) -> Course:
        """Held with all but one, summed up, and a part for the first of them; none has answered."""
        cast, deck = self.cast, self.stage.deck
        yield (at := self.clock.ago(days + 4, 9, 50))
        when = self.clock.ago(days, 15)
        group = self.ask_all(lead, others, when=when, at=at)
        rows = {talk.subject_id: talk for talk in Talk.objects.filter(group=group)}
        yield (at := self.clock.ago(days + 3, 10))
        for other in others:
            talks.agree(cast.actor(other), rows[other].pk, at=at)
        yield (at := self.clock.ago(days, 16, 40))
        talks.hold_group(
            cast.actor(lead), group, held_at=when, present=others[:2],
            absence=deck.deal("notes", "cancels"), at=at,
        )  # fmt: skip
        yield (at := self.clock.ago(days, 17, 5))
        text = deck.deal("notes", "summaries")
        talks.write_summary(
            cast.actor(lead), group, text=text, answers={"agreed": "两周后再碰一次头。"}, at=at
        )
        part = deck.deal("notes", "parts")
        talks.write_record(cast.actor(lead), rows[others[0]].pk, text=part, at=at)

    def ask_all(self, lead: UUID, others: list[UUID], *, when: datetime, at: datetime) -> UUID:
        group = talks.propose_group(
            self.cast.actor(lead), with_people=others, planned_for=when, kind="routine",
            type_id="round", place=self.stage.place("charge", lead), at=at,
        )  # fmt: skip
        return group.pk

    def colleague(self, at: int) -> UUID:
        """Somebody of the head's own department, by his place in the roster."""
        department = self.stage.human(self.head).department
        people = [human for human in self.cast.org.people if human.department == department]
        members = [human for human in people if human.branch and not human.persona]
        return self.cast.id_of(members[at % len(members)])

    def plan(
        self,
        kind: str,
        at: int,
        *,
        owner: UUID | str,
        verifier: UUID | str,
        takes: int = 12,
        due: int = 25,
        stops: str = "",
    ) -> TroublePlan:
        """``owner`` and ``verifier``: a person, or the unit he leads."""
        owner_id, verifier_id = (
            self.heads[who] if isinstance(who, str) else who for who in (owner, verifier)
        )
        trouble = self.troubles[kind][at]
        return TroublePlan(trouble, owner_id, verifier_id, due_in=due, takes=takes, stops=stops)

    def talked(
        self,
        lead: UUID,
        other: UUID,
        situation: str,
        *,
        days: int,
        ending: str = "confirmed",
        then: TroublePlan | None = None,
        follows: Callable[[Talk, datetime], Course] | None = None,
    ) -> Course:
        held = self.clock.ago(days, 15 if days % 2 else 10, 10 * (days % 4))
        follows = partial(trouble_course, self.stage, then) if then else follows
        plan = TalkPlan(lead, other, situation, held, ending=ending, follows=follows)
        return talk_course(self.stage, plan)

    def arranged(
        self, proposer: UUID, other: UUID, situation: str, *, days: int, is_agreed: bool = False
    ) -> Course:
        """Proposed for a day to come; agreed, or waiting for the other's answer."""
        yield (at := self.clock.ago(3, 16, 10 * days))
        when = self.clock.ahead(days, 10 if days % 2 else 15)
        talk_id = self.propose(proposer, other, situation, when=when, at=at)
        if is_agreed:
            yield (at := self.clock.ago(2, 9, 20))
            talks.agree(self.cast.actor(other), talk_id, at=at)

    def propose(
        self, proposer: UUID, other: UUID, situation: str, *, when: datetime, at: datetime
    ) -> UUID:
        kind = KIND_OF[situation]
        lead, subject = self.who_leads(proposer, other, situation)
        owed = duties_met_by_talk_of(
            self.cast.realm_id, lead, subject, kind=kind, form="individual", channel="face",
            on=when.date(),
        )  # fmt: skip
        named = [duty.pk for duty in owed if duty.subject_id and not duty.shared]
        talk = talks.propose_talk(
            self.cast.actor(proposer), with_person=other, planned_for=when, kind=kind,
            place=self.stage.place(situation, subject), duty_ids=named, at=at,
        )  # fmt: skip
        return talk.pk

    def who_leads(self, proposer: UUID, other: UUID, situation: str) -> tuple[UUID, UUID]:
        """A head may propose the talk his leader owes him."""
        is_upwards = situation in {"charge", "team"} and other in self.leaders[:2]
        return (other, proposer) if is_upwards else (proposer, other)

    def held_only(self, lead: UUID, other: UUID, situation: str) -> Course:
        """Held lately, and the record is still to be written."""
        when = self.clock.ago(1, 16, 30)
        yield (at := self.clock.ago(6, 10, 20))
        talk_id = self.propose(lead, other, situation, when=when, at=at)
        yield (at := self.clock.ago(5, 9, 40))
        talks.agree(self.cast.actor(other), talk_id, at=at)
        yield (at := self.clock.ago(1, 17, 20))
        talks.hold(self.cast.actor(lead), talk_id, held_at=when, at=at)

    def asked(self, asker: UUID, asked: UUID, *, topic: int, days: int) -> Course:
        yield (at := self.clock.ago(days, 11, 15))
        self.ask(asker, asked, at=at, topic=topic)

    def ask(self, asker: UUID, asked: UUID, *, at: datetime, topic: int) -> UUID:
        text = self.stage.deck.all_of("notes", "requests")[topic]
        request = talks.ask_for_talk(self.cast.actor(asker), asked=asked, topic=text, at=at)
        return request.pk

    def called_off(self, lead: UUID, other: UUID, situation: str, *, days: int) -> Course:
        yield (at := self.clock.ago(days + 4, 10, 5))
        when = self.clock.ago(days, 15)
        talk_id = self.propose(lead, other, situation, when=when, at=at)
        yield (at := self.clock.ago(days + 1, 9, 30))
        reason = self.stage.deck.deal("notes", "cancels")
        talks.cancel(self.cast.actor(other), talk_id, reason=reason, at=at)

    def turned_down(self, asker: UUID, asked: UUID, *, days: int) -> Course:
        yield (at := self.clock.ago(days, 9, 40))
        request_id = self.ask(asker, asked, at=at, topic=5)
        yield (at := self.clock.ago(days - 2, 16))
        reason = self.stage.deck.deal("notes", "refusals")
        talks.refuse_request(self.cast.actor(asked), request_id, reason=reason, at=at)

    def sent_elsewhere(self, asker: UUID, asked: UUID, to: UUID, *, days: int) -> Course:
        yield (at := self.clock.ago(days, 10, 45))
        request_id = self.ask(asker, asked, at=at, topic=0)
        yield (at := self.clock.ago(days - 1, 9, 15))
        talks.suggest_another(self.cast.actor(asked), request_id, to=to, at=at)

    def taken_up(self, asker: UUID, asked: UUID, *, days: int) -> Course:
        yield (at := self.clock.ago(days, 9, 10))
        request_id = self.ask(asker, asked, at=at, topic=1)
        yield (at := self.clock.ago(days - 1, 8, 50))
        when = self.clock.ago(days - 4, 16)
        talk = talks.accept_request(self.cast.actor(asked), request_id, planned_for=when, at=at)
        yield (at := self.clock.ago(days - 1, 10))
        began = agree(self.cast.actor(asker), self.cast.actor(asked), talk, at)
        yield (at := self.clock.ago(days - 4, 17))
        talks.hold(self.cast.actor(asked), talk.pk, held_at=began, at=at)
        yield (at := self.clock.ago(days - 4, 18))
        text = self.stage.deck.record("charge", "项目推进处")
        talks.write_record(self.cast.actor(asked), talk.pk, text=text, at=at)


def waiting_courses(stage: Stage) -> list[Course]:
    return list(Waiting(stage).courses())
