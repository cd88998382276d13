"""What those who manage and oversee find today: requests to read, arranging, a recusal, a list."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from tanxin.apps.issues.services.handing_over import open_handover
from tanxin.apps.org.services.recusing import recuse_from_person
from tanxin.apps.org.services.secretaries import name_secretary
from tanxin.apps.talks import services as talks
from tanxin.apps.talks.models import Talk
from tanxin.demo.seeding.stage import Course, Stage
from tanxin.demo.seeding.year import LEADERS, heads_of

PLACE = "二楼小会议室"
DISPUTED = "谈话对象表示记录与所谈不符，需与原始记录核对，以便答复本人。"
DENIED = "一方已作记录，谈话对象表示没有谈过，需查阅记录以核实情况。"
HOURS, MOST_HOURS = 24, 72


class Overseeing:
    def __init__(self, stage: Stage) -> None:
        self.stage, self.clock, self.cast = stage, stage.clock, stage.cast
        # Hours of reading begin when they are given, or none of them would be left on a Monday.
        self.now = timezone.now()
        self.leaders = [self.cast.id_of(human) for human in self.cast.org.people[:LEADERS]]
        self.heads = {unit: self.cast.id_of(human) for unit, human in heads_of(stage.cast).items()}

    def courses(self) -> Iterator[Course]:
        yield self.reading()
        yield self.asking()
        yield self.arranging()
        yield self.recusing()
        yield self.handing_over()

    def reading(self) -> Course:
        """Asked by the supervisor, let by the security administrator, open now."""
        yield (at := self.clock.ago(1, 11, 5))
        pair = (self.cast.persona("demo-deputy"), self.heads["产业发展处"])
        request = self.ask(self.cast.persona("demo-supervisor"), pair, DISPUTED, MOST_HOURS, at)
        yield self.now
        with self.cast.at_keeper(self.cast.persona("demo-security")) as actor:
            talks.approve_reading(actor, request, at=self.now)

    def asking(self) -> Course:
        """By the second supervisor; the first decides, or the security administrator."""
        yield (at := self.clock.ago(1, 15, 25))
        pair = (self.leaders[6], self.heads["安全应急处"])
        self.ask(self.cast.second_supervisor, pair, DENIED, HOURS, at)

    def ask(
        self, asker: UUID, pair: tuple[UUID, UUID], reason: str, hours: int, at: datetime
    ) -> UUID:
        rows = Talk.objects.filter(realm=self.cast.realm_id, initiator=pair[0], subject=pair[1])
        talk = rows.get(state="disputed")
        with self.cast.at_keeper(asker) as actor:
            return talks.ask_to_read(actor, talk.pk, reason=reason, hours=hours, at=at).pk

    def arranging(self) -> Course:
        """The secretary's own proposal waits for a leader's answer; another's waits for hers."""
        chief, assistant = (self.cast.persona(who) for who in ("demo-secretary", "demo-assistant"))
        yield (at := self.clock.ago(60, 9, 5))
        name_secretary(self.cast.actor(chief), chief, assistant, start=at.date(), at=at)
        yield (at := self.clock.ago(1, 16, 10))
        talks.arrange_talk(
            self.cast.actor(assistant), chief, with_person=self.leaders[5], place=PLACE,
            planned_for=self.clock.ahead(4, 9, 30), at=at,
        )  # fmt: skip

    def recusing(self) -> Course:
        """The head of a department keeps what he is talked to in from a relative."""
        yield (at := self.clock.ago(18, 10, 40))
        head, relative = self.cast.persona("demo-head"), self.heads["区域合作处"]
        recuse_from_person(self.cast.actor(head), relative, head, because="relative", at=at)

    def handing_over(self) -> Course:
        """The head of the office goes; the deputy, who succeeds, has not signed yet."""
        yield (at := self.clock.ago(1, 17, 15))
        giver, taker = self.heads["机关党委办公室"], self.cast.persona("demo-supervisor")
        open_handover(self.cast.actor(giver), taker, at=at)


def overseeing_courses(stage: Stage) -> list[Course]:
    return list(Overseeing(stage).courses())
