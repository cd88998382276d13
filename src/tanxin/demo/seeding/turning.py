"""Issues that take a turn: facts first, more time, not now, open again, several, or one of several.

They have dice of their own, so that nothing else of the year changes with them.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tanxin.apps.issues import services as issues
from tanxin.apps.issues.models import Issue
from tanxin.apps.talks.models import Talk
from tanxin.core.access import Actor
from tanxin.core.following import Effect
from tanxin.demo.dice import dice
from tanxin.demo.seeding.raising import LEFT
from tanxin.demo.seeding.stage import Course, Stage
from tanxin.demo.seeding.waiting import Waiting
from tanxin.demo.texts import Deck, Trouble

QUESTION = "请核实周转房现有空置房源、排队人数和分配办法的执行情况。"
CAUSE = "牵头职责没有写进处室职责，遇事靠协调，没有固定办法。"
PROGRESS = "已与相关处室碰头两次，分工初稿形成，正在征求意见。"
LONGER = "两个处室对其中三项职责意见不一，需报分管领导协调后才能定稿。"
AGAIN = "协调会已开，文件正在会签，还需几个工作日。"
WHY_NOT = (
    "弹性上下班要等全市统一的考勤办法出台，我们单独定不了。这段时间可以先和处里商量，"
    "接送高峰的会尽量错开；办法出台后我再来办这件事。"
)
PARTS = (("life", "租房离单位远，通勤三小时。"), ("condition", "周转房申请交了半年没有下文。"))


def turning_courses(stage: Stage) -> Iterator[Course]:
    own = dice("turns")
    stage = replace(stage, chance=own, deck=Deck(own), clock=replace(stage.clock, chance=own))
    return Turning(Waiting(stage)).courses()


class Turning:
    def __init__(self, waiting: Waiting) -> None:
        self.waiting, self.clock, self.cast = waiting, waiting.clock, waiting.cast
        self.heads = waiting.heads

    def courses(self) -> Iterator[Course]:
        way, heads = self.waiting, self.heads
        deputy, chief, head = way.deputy, way.secretary, way.head
        yield way.talked(deputy, heads["园区建设处"], "charge", days=12, follows=self.asking_facts)
        yield way.talked(chief, way.leaders[3], "team", days=37, follows=self.asking_time)
        yield way.talked(deputy, head, "charge", days=23, follows=self.explaining)
        yield way.talked(head, way.member, "branch", days=78, follows=self.opening_again)
        yield way.talked(deputy, heads["数字经济处"], "charge", days=19, follows=self.splitting)
        yield way.talked(deputy, heads["区域合作处"], "charge", days=16, follows=self.merging)

    def raised(self, talk: Talk, trouble: Trouble, at: datetime) -> tuple[Actor, UUID]:
        lead = self.cast.actor(talk.initiator_id)
        made = issues.raise_issue(lead, talk.pk, kind=trouble.kind, text=trouble.raised, at=at)
        return lead, made.pk

    def trouble(self, kind: str, at: int) -> Trouble:
        return self.waiting.troubles[kind][at]

    def assigned(
        self, lead: Actor, issue: UUID, trouble: Trouble, owner: str, verifier: str, *, days: int,
        at: datetime, co_owner: str = "",
    ) -> None:  # fmt: skip
        issues.assign_issue(
            lead, issue, owner=self.heads[owner], verifier=self.heads[verifier],
            due=self.clock.ago(days).date(), statement_text=trouble.statement,
            measure_text=trouble.measure, at=at, cause_text=CAUSE if co_owner else "",
            co_owners=[self.heads[co_owner]] if co_owner else [],
        )  # fmt: skip

    def asking_facts(self, talk: Talk, _: datetime) -> Course:
        """Waits for the organiser, who does not learn whose matter it is."""
        yield (at := self.clock.ago(9, 10, 15))
        lead, issue = self.raised(talk, self.trouble("life", 1), at)
        yield (at := self.clock.ago(2, 14, 20))
        issues.ask_for_facts(
            lead, issue, person=self.waiting.organiser, question=QUESTION,
            wanted_on=self.clock.ahead(4).date(), at=at,
        )  # fmt: skip

    def asking_time(self, talk: Talk, _: datetime) -> Course:
        """Put off twice, and asked for once more: that waits for the secretary."""
        yield (at := self.clock.ago(34, 10, 5))
        trouble = self.trouble("team", 0)
        lead, issue = self.raised(talk, trouble, at)
        yield (at := self.clock.ago(33, 9, 30))
        self.assigned(
            lead, issue, trouble, "办公室", "督查考核处", days=20, at=at, co_owner="人事处"
        )
        owner = self.cast.actor(self.heads["办公室"])
        yield (at := self.clock.ago(26, 15, 10))
        issues.note_progress(owner, issue, text=PROGRESS, at=at)
        for asked, until, reason in ((21, 12, LONGER), (13, 4, AGAIN)):
            yield (at := self.clock.ago(asked, 10, 40))
            day = self.clock.ago(until).date()
            issues.ask_time(owner, issue, until=day, reason=reason, at=at)
            yield (at := self.clock.ago(asked - 1, 9, 15))
            issues.give_time(lead, issue, at=at)
        yield (at := self.clock.ago(3, 16, 20))
        day = self.clock.ahead(6).date()
        issues.ask_time(owner, issue, until=day, reason=AGAIN, at=at)

    def explaining(self, talk: Talk, _: datetime) -> Course:
        yield (at := self.clock.ago(20, 11, 5))
        lead, issue = self.raised(talk, self.trouble("life", 0), at)
        yield (at := self.clock.ago(18, 9, 25))
        again = self.clock.ahead(60).date()
        issues.explain_issue(lead, issue, text=WHY_NOT, look_again_on=again, at=at)

    def opening_again(self, talk: Talk, _: datetime) -> Course:
        """Answered, and some weeks later it is as before: the head decides anew."""
        yield (at := self.clock.ago(75, 10, 35))
        trouble = self.trouble("team", 1)
        lead, issue = self.raised(talk, trouble, at)
        yield (at := self.clock.ago(73, 9, 20))
        self.assigned(lead, issue, trouble, "综合协调处", "督查考核处", days=50, at=at)
        owner, verifier = (
            self.cast.actor(self.heads[unit]) for unit in ("综合协调处", "督查考核处")
        )
        yield (at := self.clock.ago(54, 15, 30))
        issues.report_measure(owner, issue, evidence_text=trouble.evidence, at=at)
        yield (at := self.clock.ago(51, 10, 10))
        issues.verify_measure(verifier, issue, solved=True, note=trouble.note, at=at)
        yield (at := self.clock.ago(50, 9, 5))
        issues.answer_issue(lead, issue, answer_text=trouble.answer, at=at)
        yield (at := self.clock.ago(3, 14, 45))
        subject = self.cast.actor(talk.subject_id)
        issues.say_effect(subject, issue, word=Effect.NOT, text=LEFT["not"], at=at)

    def splitting(self, talk: Talk, _: datetime) -> Course:
        """One matter was two; the leader still has to decide on what is left of the first."""
        yield (at := self.clock.ago(15, 10, 25))
        trouble = self.trouble("style", 0)
        lead, issue = self.raised(talk, trouble, at)
        yield (at := self.clock.ago(14, 9, 45))
        parts = issues.split_issue(lead, issue, PARTS, at=at)
        yield (at := self.clock.ago(13, 15, 5))
        self.assigned(lead, parts[1].pk, trouble, "办公室", "政策法规处", days=-8, at=at)
        yield (at := self.clock.ago(12, 9, 55))
        self.assigned(lead, issue, trouble, "综合协调处", "政策法规处", days=-2, at=at)

    def merging(self, talk: Talk, _: datetime) -> Course:
        """The same was raised with the deputy before: both are dealt with as one."""
        yield (at := self.clock.ago(11, 10, 50))
        lead, issue = self.raised(talk, self.trouble("style", 1), at)
        earlier = Issue.objects.filter(
            realm=self.cast.realm_id, led_by=talk.initiator_id, kind="style", state="assigned"
        )
        into = earlier.filter(split_from=None, raised_at__lt=at).latest("raised_at")
        yield (at := self.clock.ago(10, 9, 35))
        issues.merge_issue(lead, issue, into.pk, at=at)
