"""What left talks: told to a department, waiting for a second person, answered to all, handed over.

Common issues are looked for once, as the daily job does.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from tanxin.apps.issues.common.finding import propose_common
from tanxin.apps.issues.feedback import deciding
from tanxin.apps.issues.feedback.writing import Statement, write_feedback
from tanxin.apps.issues.leads.handing import ask_lead
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.replies import writing as replies
from tanxin.apps.issues.services import raise_issue
from tanxin.apps.org.directory import directory
from tanxin.apps.talks.models import Talk
from tanxin.demo.seeding.stage import Course, Stage

TOLD = "企业来电反复询问同样的政策，请把办理条件和联系方式写成一页纸，放在大厅和网上。"
ANSWERED = "已按事项编写明白卡，第一批月底前上网，大厅同步摆放；哪张不清楚请继续反映。"
WAITING = "三楼会议室十月以来使用紧张，开会常要等，请统筹安排并公开预约情况。"
KEPT = frozenset({"place:三楼", "date:十月"})
REPLY_TITLE = "关于食堂晚餐供应时间的答复"
REPLY = (
    "近期多位同志反映加班后吃不上热饭。经研究，晚餐供应延长到八点，并设保温取餐柜。"
    "执行一个月后再听大家意见。"
)
SAME = (
    "办公楼电梯经常停运，老同志和来办事的群众上下楼不便。",
    "电梯一个月停了好几回，赶会的时候只能爬楼。",
    "电梯老是坏，希望彻底检修一次，不要修修停停。",
    "办公区电梯等候时间长，高峰时段常停一部。",
    "电梯停运没有提前通知，群众来办事意见大。",
    "希望电梯检修放在夜里或者周末。",
    "空调和电梯都老化了，夏天尤其难受。",
)
LATELY = timedelta(days=120)
LEAD = "有反映称物资采购验收不够严格，具体可向承办部门调阅合同和验收单。"


class Telling:
    def __init__(self, stage: Stage) -> None:
        self.clock, self.cast = stage.clock, stage.cast
        names = directory(stage.cast.realm_id)
        self.units = {card.name: key for key, card in names.units.items()}
        self.reviewer = self.cast.persona("demo-organiser")
        self.supervisor = self.cast.persona("demo-supervisor")

    def courses(self) -> Iterator[Course]:
        yield self.answered()
        yield self.waiting()
        yield self.public()
        yield self.handed()
        yield self.common()

    def issue_of(self, lead: UUID) -> UUID | None:
        """Something raised with ``lead`` by nobody who reads or answers here."""
        personas = [self.cast.persona(handle) for handle in self.cast.org.personas]
        rows = Issue.objects.filter(realm=self.cast.realm_id, led_by=lead)
        rows = rows.exclude(talk__subject__in=personas)
        return rows.order_by("raised_at", "pk").values_list("pk", flat=True).first()

    def talks_of_others(self, at: datetime) -> list[Talk]:
        """Each with another subject; personas neither lead nor are talked with."""
        personas = [self.cast.persona(handle) for handle in self.cast.org.personas]
        held = Talk.objects.filter(
            realm=self.cast.realm_id, state="confirmed", kind="routine", group=None,
            held_at__gte=at - LATELY, held_at__lt=at,
        )  # fmt: skip
        held = held.exclude(initiator__in=personas).exclude(subject__in=personas)
        found = {talk.subject_id: talk for talk in held.order_by("held_at", "pk")}
        return list(found.values())

    def answered(self) -> Course:
        yield (at := self.clock.ago(10, 10, 20))
        author, head = (self.cast.persona(who) for who in ("demo-secretary", "demo-head"))
        issue = self.issue_of(author)
        if issue is None:
            return
        with self.cast.at_keeper(author) as actor:
            row = write_feedback(
                actor, issue, Statement(TOLD), unit=self.units["企业服务处"], heard_in=None,
                reviewer=self.reviewer, at=at,
            )  # fmt: skip
        yield (at := self.clock.ago(9, 15, 10))
        with self.cast.at_keeper(self.reviewer) as actor:
            deciding.release_feedback(actor, row.pk, at=at)
        yield (at := self.clock.ago(6, 9, 40))
        deciding.answer_feedback(self.cast.actor(head), row.pk, answer=ANSWERED, at=at)

    def waiting(self) -> Course:
        """With words that are marked; the organiser decides."""
        yield (at := self.clock.ago(1, 14, 35))
        author = self.cast.persona("demo-deputy")
        issue = self.issue_of(author)
        if issue is not None:
            with self.cast.at_keeper(author) as actor:
                write_feedback(
                    actor, issue, Statement(WAITING, KEPT), unit=self.units["办公室"],
                    heard_in=None, reviewer=self.reviewer, at=at,
                )  # fmt: skip

    def public(self) -> Course:
        yield (at := self.clock.ago(7, 16, 5))
        row = replies.write_reply(
            self.cast.actor(self.reviewer), Statement(REPLY), title=REPLY_TITLE, kind="condition",
            unit=None, reviewer=self.supervisor, form=uuid4(), at=at,
        )  # fmt: skip
        yield (at := self.clock.ago(5, 10, 15))
        replies.publish_reply(self.cast.actor(self.supervisor), row.pk, at=at)

    def handed(self) -> Course:
        """The supervisor has not approved it yet."""
        yield (at := self.clock.ago(2, 11, 30))
        author = self.cast.persona("demo-deputy")
        issue = self.issue_of(author)
        if issue is not None:
            with self.cast.at_keeper(author) as actor:
                ask_lead(
                    actor, issue, Statement(LEAD), body=self.units["督查考核处"],
                    approver=self.supervisor, is_about_source=False, at=at,
                )  # fmt: skip

    def common(self) -> Course:
        """Several said the same to several; found the next morning."""
        yield (at := self.clock.ago(4, 16, 20))
        for talk, text in zip(self.talks_of_others(at), SAME, strict=False):
            lead = self.cast.actor(talk.initiator_id)
            raise_issue(lead, talk.pk, kind="condition", text=text, at=at)
        yield (at := self.clock.ago(1, 6))
        propose_common(self.cast.realm_id, today=at.date(), at=at)


def telling_courses(stage: Stage) -> list[Course]:
    return list(Telling(stage).courses())
