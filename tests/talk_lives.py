"""Random lives of talks and requests: parties, a secretary, an organiser and the clock do anything.

After every step the whole is looked at: what may never be is said in ``Life.check``.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from paper_lives import REFUSED as ON_PAPER
from paper_lives import OnPaper
from tanxin.apps.archive.models import Party, Record, RecordVersion
from tanxin.apps.archive.services import VersionMoved
from tanxin.apps.org.access import PersonForbidden
from tanxin.apps.org.services.secretaries import name_secretary
from tanxin.apps.talks import services
from tanxin.apps.talks.groups import standing_of
from tanxin.apps.talks.models import Booked, Confirmation, Delay, GroupTalk, Request, Talk
from tanxin.apps.talks.receiving.booking import book_slot
from tanxin.apps.talks.receiving.days import days_of
from tanxin.apps.talks.receiving.models import Reception
from tanxin.apps.talks.receiving.setting import Hours, set_reception
from tanxin.apps.talks.refusals import (
    AsksForHimself,
    HeldInTheFuture,
    SuggestsOneOfTheTwo,
    TalkWithOneself,
    TextMissing,
    TooFewTogether,
)
from tanxin.core.access import Actor, RowForbidden, RowNotFound
from tanxin.core.calendar import Weeks, quarters
from tanxin.core.lifecycle import BEFORE_HELD, CALLED_OFF, IllegalMove, TalkState

PEOPLE = ("ada", "ben", "cleo", "emil", "dora")
LEADS = ("ada", "emil")
# Typed by the subject after what he was shown: these alone may change whether it is confirmed.
REFUSED = (
    IllegalMove, RowForbidden, RowNotFound, VersionMoved, PersonForbidden, TalkWithOneself,
    TextMissing, HeldInTheFuture, SuggestsOneOfTheTwo, AsksForHimself, TooFewTogether, *ON_PAPER,
)  # fmt: skip
SECRET = "金丝雀：想谈的事"
SOON = timedelta(minutes=20)
# How much likelier than the others: the way to a record that is confirmed is long.
LIKELY = {
    "agree": 3,
    "hold": 4,
    "write": 5,
    "confirm": 5,
    "dispute": 2,
    "decide_sheet": 2,
    "say_for_another": 3,
}

# How a life may begin, so that what comes late is also tried.
OPENINGS = (
    ("propose",), ("propose", "agree", "hold", "write"), ("ask",),
    ("propose_to_oli", "hold", "write", "name_witness", "say_for_another"),
    ("propose", "hold", "name_assistant", "enter_sheet", "decide_sheet"),
)  # fmt: skip


def setting(world) -> None:
    """Cleo is Ada's secretary, Oli has no account, and Emil receives on Wednesdays."""
    now, today = timezone.now(), timezone.localdate()
    world.person("oli")
    name_secretary(world.actor("ada"), world.ada, world.cleo, start=today, at=now)
    hours = Hours(2, Weeks.EVERY, time(9), time(10), 30, "一楼", today)
    set_reception(world.actor("emil"), world.emil, hours, at=now)


@contextmanager
def forgotten() -> Iterator[None]:
    """What is done in here is taken back; to the keeper's door it is the test's own transaction."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


class Life(OnPaper):
    def __init__(self, world, seed: int) -> None:
        self.world, self.chance = world, Random(seed)
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.tried: list[str] = []
        self.is_calm = True
        self.began = timezone.now()
        self.at = self.began
        self.verbs: dict[str, Callable[[], object]] = {
            name: getattr(self, f"do_{name}") for name in VERBS
        }

    def live(self, steps: int) -> None:
        opening = self.chance.choice(OPENINGS)
        before = self.snapshot()
        chosen = self.chance.choices(VERBS, [LIKELY.get(verb, 1) for verb in VERBS], k=steps)
        for verb in (*opening, *chosen):
            self.is_calm = len(self.tried) < len(opening)
            self.tried.append(verb)
            self.at += timedelta(minutes=self.chance.randrange(60 * 30))
            refusal = self.attempt(verb)
            now = self.snapshot()
            if refusal is None:
                self.done[verb] += 1
                self.check(before, now)
            else:
                self.refused[type(refusal).__name__] += 1
                assert now == before, (verb, refusal)
            before = now

    def attempt(self, verb: str) -> Exception | None:
        """What it was refused with. ``LookupError``: there is nothing yet to do it to."""
        try:
            self.verbs[verb]()
        except (*REFUSED, LookupError) as refusal:
            return refusal
        return None

    # what anybody may try

    def somebody(self, *likely) -> Actor:
        """Mostly one who may; sometimes anybody at all."""
        meant = self.is_calm or self.chance.random() < 0.75
        names = [one for one in likely if one] if meant else []
        return self.world.actor(self.chance.choice(names or PEOPLE))

    def name(self, person_id) -> str:
        found = {one: name for name, one in self.world.people.items()}[person_id]
        return "" if found == "oli" else found

    def talk(self, *states) -> Talk:
        rows = Talk.objects.filter(realm=self.world.realm_id)
        wanted = list(rows.filter(state__in=states).order_by("pk")) if states else []
        return self.chance.choice(wanted or list(rows.order_by("pk")))

    def request(self) -> Request:
        rows = Request.objects.filter(realm=self.world.realm_id)
        return self.chance.choice(list(rows.order_by("pk")))

    def some_time(self) -> datetime:
        """Out of a few, so that people get into each other's way."""
        first = self.began.replace(minute=0) + timedelta(days=3)
        return first + SOON * self.chance.randrange(5)

    def do_propose(self) -> None:
        lead = self.chance.choice(LEADS)
        other = self.chance.choice([name for name in (*PEOPLE, "oli") if name != lead])
        services.propose_talk(
            self.world.actor(lead), with_person=self.world.people[other], kind="routine",
            planned_for=self.some_time(), minutes=self.chance.choice((15, 30, 60)), at=self.at,
        )  # fmt: skip

    def do_propose_to_oli(self) -> None:
        services.propose_talk(
            self.world.actor("ada"), with_person=self.world.people["oli"], kind="routine",
            planned_for=self.some_time(), at=self.at,
        )  # fmt: skip

    def do_propose_group(self) -> None:
        people = self.chance.sample(["ben", "cleo", "emil", "dora"], 2)
        services.propose_group(
            self.world.actor("ada"), with_people=[self.world.people[one] for one in people],
            kind="routine", planned_for=self.some_time(), at=self.at,
        )  # fmt: skip

    def do_agree(self) -> None:
        talk = self.talk("proposed")
        other = {talk.initiator_id, talk.subject_id} - {talk.proposed_by_id}
        services.agree(self.somebody(*map(self.name, other)), talk.pk, at=self.at)

    def do_move(self) -> None:
        talk = self.talk("proposed", "agreed")
        who = self.somebody(self.name(talk.initiator_id), self.name(talk.subject_id))
        services.propose_other_time(who, talk.pk, planned_for=self.some_time(), at=self.at)

    def do_cancel(self) -> None:
        talk = self.talk("agreed")
        who = self.somebody(self.name(talk.initiator_id), self.name(talk.subject_id))
        services.cancel(who, talk.pk, reason="另约", at=self.at)

    def do_refuse(self) -> None:
        talk = self.talk("proposed")
        services.refuse(
            self.somebody(self.name(talk.subject_id)), talk.pk, reason="出差", at=self.at
        )

    def do_hold(self) -> None:
        talk = self.talk("agreed", "proposed")
        who = self.somebody(self.name(talk.initiator_id))
        held = self.at + timedelta(hours=self.chance.choice((-30, -1, -1, 2)))
        services.hold(who, talk.pk, held_at=held, at=self.at)

    def do_hold_group(self) -> None:
        groups = list(GroupTalk.objects.filter(realm=self.world.realm_id).order_by("pk"))
        group = self.chance.choice(groups)
        there = Talk.objects.filter(group=group).values_list("subject", flat=True)
        services.hold_group(
            self.world.actor("ada"), group.pk, held_at=self.at, present=list(there),
            absence="另谈", at=self.at,
        )  # fmt: skip

    def do_write(self) -> None:
        talk = self.talk("held", "recorded", "confirmed", "disputed", "unconfirmed")
        standing = standing_of(talk)
        stale = self.chance.random() < 0.1
        services.write_record(
            self.somebody(self.name(talk.initiator_id)), talk.pk, text=f"第{self.at:%s}稿",
            expected_version=0 if stale or not standing else standing.version, at=self.at,
            late_reason="事后补记",
        )  # fmt: skip

    def do_confirm(self) -> None:
        talk = self.talk("recorded", "unconfirmed", "disputed")
        standing = standing_of(talk)
        seen = standing.digest if standing and self.chance.random() < 0.85 else bytes(32)
        who = self.somebody(self.name(talk.subject_id))
        services.confirm_record(who, talk.pk, digest=seen, at=self.at)

    def do_dispute(self) -> None:
        talk = self.talk("recorded", "unconfirmed")
        standing = standing_of(talk)
        services.dispute_record(
            self.somebody(self.name(talk.subject_id)), talk.pk, at=self.at,
            verdict=self.chance.choice(("not_right", "did_not_happen")),
            digest=standing.digest if standing else bytes(32),
        )  # fmt: skip

    def do_remark(self) -> None:
        talk = self.talk("recorded", "confirmed")
        who = self.somebody(self.name(talk.subject_id), self.name(talk.initiator_id))
        services.add_remark(who, talk.pk, text="补充一句", at=self.at)

    def do_days_pass(self) -> None:
        self.at += timedelta(days=self.chance.choice((1, 5, 20)))
        today = timezone.localdate(self.at)
        services.let_lapse(self.world.realm_id, today=today, at=self.at)
        services.tell_delays(self.world.realm_id, today=today, at=self.at)

    def do_arrange(self) -> None:
        """The secretary, or whoever would like to be one."""
        talk, who = self.talk("proposed", "agreed"), self.somebody("cleo")
        verb = self.chance.choice(("agree", "move", "cancel"))
        if verb == "agree":
            services.arrange_agreement(who, talk.pk, at=self.at)
        elif verb == "move":
            services.arrange_other_time(who, talk.pk, planned_for=self.some_time(), at=self.at)
        else:
            services.arrange_cancelling(who, talk.pk, reason="会议", at=self.at)

    def do_ask(self) -> None:
        who, whom = self.chance.sample(PEOPLE, 2)
        services.ask_for_talk(
            self.world.actor(who), asked=self.world.people[whom], topic=SECRET, at=self.at
        )

    def do_ask_for(self) -> None:
        services.ask_for_another(
            self.somebody("dora"), asker=self.world.people["oli"], asked=self.world.ada,
            topic=SECRET, at=self.at,
        )  # fmt: skip

    def do_answer(self) -> None:
        request = self.request()
        who = self.somebody(self.name(request.asked_id))
        verb = self.chance.choice(("accept", "accept", "decline", "suggest"))
        if verb == "accept":
            services.accept_request(who, request.pk, planned_for=self.some_time(), at=self.at)
        elif verb == "decline":
            services.refuse_request(who, request.pk, reason="请找分管领导", at=self.at)
        else:
            to = self.world.people[self.chance.choice(PEOPLE)]
            services.suggest_another(who, request.pk, to=to, at=self.at)

    def do_decide(self) -> None:
        request = self.request()
        by = self.name(request.through_id or request.asker_id)
        verb = self.chance.choice((services.stay_with, services.forward, services.withdraw_request))
        verb(self.somebody(by), request.pk, at=self.at)

    def do_book(self) -> None:
        row = Reception.objects.get(realm=self.world.realm_id)
        who = self.somebody("ben", "cleo", "ada")
        slots = [slot for day in days_of(who, [row], now=self.at)[:2] for slot in day.slots]
        slot = self.chance.choice(slots)
        book_slot(who, row.pk, begins=slot.begins, topic=SECRET, at=self.at)

    # what may never be

    def snapshot(self) -> tuple[frozenset, ...]:
        talks = Talk.objects.filter(realm=self.world.realm_id).values_list("pk", "state", "steps")
        requests = Request.objects.filter(realm=self.world.realm_id).values_list("pk", "state")
        versions = RecordVersion.objects.filter(realm=self.world.realm_id).values_list("pk")
        return (
            frozenset(talks), frozenset(requests), frozenset(versions), frozenset(self.booked()),
            frozenset(Delay.objects.values_list("pk")),
            frozenset(Confirmation.objects.values_list("pk")),
        )  # fmt: skip

    def booked(self) -> list[tuple[object, ...]]:
        rows = Booked.objects.filter(realm=self.world.realm_id)
        return list(rows.values_list("person", "quarter", "by"))

    def check(self, before: tuple[frozenset, ...], now: tuple[frozenset, ...]) -> None:
        assert {row[0] for row in before[0]} <= {row[0] for row in now[0]}, "a talk was lost"
        assert before[2] <= now[2], "a version was lost"
        self.check_booked(list(Talk.objects.filter(realm=self.world.realm_id)))
        for talk in Talk.objects.filter(pk__in=[row[0] for row in now[0] - before[0]]):
            self.check_talk(talk)
            self.check_paper(talk)
        for request in Request.objects.filter(pk__in=[row[0] for row in now[1] - before[1]]):
            assert request.state != "accepted" or request.talk_id, "accepted, and no talk"
            assert (request.state in {"waiting", "suggested"}) == (request.answered_at is None)
        delays = Delay.objects.values_list("request", flat=True)
        assert len(delays) == len(set(delays)), "told twice"

    def check_booked(self, talks: list[Talk]) -> None:
        """Nobody sits in two talks at once, and nothing is taken that no talk needs."""
        needed = {
            (person, quarter, by)
            for talk in talks
            if talk.state == TalkState.AGREED
            for quarter in quarters(talk.planned_for, talk.minutes)
            for person, by in (
                (talk.initiator_id, talk.group_id or talk.pk), (talk.subject_id, talk.pk),
            )
        }  # fmt: skip
        booked = self.booked()
        assert set(booked) == needed, "what is taken is not what was agreed"
        assert len({row[:2] for row in booked}) == len(booked), "somebody is in two talks at once"

    def check_talk(self, talk: Talk) -> None:
        assert (talk.held_at is None) == (talk.state in BEFORE_HELD)
        assert talk.state not in CALLED_OFF or talk.closing_id
        said = [one for one in Confirmation.objects.filter(talk=talk) if one.verdict == "confirmed"]
        assert all(one.person_id == talk.subject_id for one in said), "confirmed by another"
        written = Record.objects.filter(realm=talk.realm_id, about_id=talk.pk).exclude(kind="memo")
        shown = Party.objects.filter(record__in=written, person=talk.subject_id)
        assert shown.count() == written.count(), "a record about somebody that is not for him"
        if talk.state == TalkState.CONFIRMED:
            standing = standing_of(talk)
            assert standing is not None
            assert standing.digest in {bytes(one.version_digest) for one in said}, (
                "confirmed, and not in the words that stand"
            )


VERBS = tuple(name.removeprefix("do_") for name in dir(Life) if name.startswith("do_"))


def lives(world, count: int, *, steps: int = 15, first: int = 0) -> tuple[Counter, Counter]:
    """Live so many lives, each forgotten after it; what was done and what was refused."""
    setting(world)
    done: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for seed in range(first, first + count):
        with forgotten():
            life = Life(world, seed)
            life.live(steps)
        done += life.done
        refused += life.refused
    return done, refused
