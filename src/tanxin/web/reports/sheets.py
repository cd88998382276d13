"""The sheets of a ledger as plain words: who, when, in which state; never what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.utils import timezone

from tanxin.apps.duties.reading.states import DutyRow, standing
from tanxin.apps.issues.selectors import IssueRow
from tanxin.apps.org.directory import Directory
from tanxin.apps.reports.ledger import Ledger
from tanxin.apps.talks.selectors import RequestRow, TalkRow
from tanxin.core.access import Actor
from tanxin.web.duties import words as duty_words
from tanxin.web.duties.showing import name_of_subject, title_known
from tanxin.web.issues.kinds import KindNames
from tanxin.web.issues.lines import line, watched
from tanxin.web.talks import words as talk_words
from tanxin.web.talks.kinds import kind_name

DAY, MOMENT = "%Y-%m-%d", "%Y-%m-%d %H:%M"
NUMBER = ("序号", 6)
Row = tuple[str, ...]
# The heading of each column, and its width in signs of a spreadsheet: two for a character.
TALKS = (
    NUMBER, ("谈话时间", 17), ("谈话人", 10), ("谈话人职务", 26), ("谈话对象", 10),
    ("谈话对象职务", 26), ("类别", 22), ("形式", 8), ("方式", 8), ("状态", 16), ("录入日期", 12),
    ("备注", 20),
)  # fmt: skip
DUTIES = (
    NUMBER, ("谈话人", 10), ("谈话人职务", 26), ("谈话对象", 12), ("制度要求", 40), ("类别", 14),
    ("最后期限", 12), ("状态", 14), ("完成日期", 12),
)  # fmt: skip
REQUESTS = (
    NUMBER, ("申请日期", 12), ("申请人", 12), ("被约谈人", 12), ("答复期限", 12), ("状态", 20),
    ("答复日期", 12),
)  # fmt: skip
ISSUES = (
    NUMBER, ("编号", 12), ("类别", 18), ("牵头人", 10), ("责任人", 10), ("提出日期", 12),
    ("整改期限", 12), ("状态", 20), ("延期次数", 10), ("重新打开", 10),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    columns: tuple[tuple[str, int], ...]
    rows: list[Row]


@dataclass(frozen=True)
class Writer:
    actor: Actor
    found: Ledger
    names: Directory
    today: date

    def sheets(self, wanted: Sequence[str]) -> list[Sheet]:
        made = {
            "talks": self.talks,
            "duties": self.duties,
            "requests": self.requests,
            "issues": self.issues,
        }
        return [made[each]() for each in wanted]

    def talks(self) -> Sheet:
        return Sheet("谈话", TALKS, numbered([self.talk(each) for each in self.found.talks]))

    def duties(self) -> Sheet:
        return Sheet("应谈", DUTIES, numbered([self.duty(each) for each in self.found.duties]))

    def requests(self) -> Sheet:
        rows = [self.request(each) for each in self.found.requests]
        return Sheet("约谈申请", REQUESTS, numbered(rows))

    def issues(self) -> Sheet:
        rows = [self.issue(each) for each in self.found.issues]
        return Sheet("问题和措施", ISSUES, numbered(rows))

    def who(self, person_id: UUID) -> tuple[str, str]:
        """The name; post and unit stand in a column of their own."""
        name, _, rest = self.names.label(person_id).partition(" · ")
        return name, rest.replace(" · ", "，")

    def talk(self, talk: TalkRow) -> Row:
        when = timezone.localtime(talk.held_at or talk.planned_for)
        return (
            f"{when:{MOMENT}}",
            *self.who(talk.initiator_id),
            *self.who(talk.subject_id),
            str(kind_name(talk)),
            "集体" if talk.group_id else "个别",
            str(talk_words.CHANNELS[talk.channel]),
            str(talk_words.STATES[talk.state]),
            day(talk.entered_at),
            marks(talk),
        )

    def duty(self, duty: DutyRow) -> Row:
        return (
            *self.who(duty.initiator_id),
            name_of_subject(duty, self.names),
            title_known(self.actor, duty),
            str(talk_words.KINDS[duty.kind]),
            day(duty.due),
            str(duty_words.STATES[standing(duty, self.today)]),
            day(duty.met_on),
        )

    def request(self, row: RequestRow) -> Row:
        return (
            day(row.asked_at),
            self.names.name(row.asker_id),
            self.names.name(row.asked_id),
            day(row.answer_by),
            str(talk_words.REQUEST_STATES[row.state]),
            day(row.answered_at),
        )

    @cached_property
    def kinds(self) -> KindNames:
        return KindNames(self.actor.realm_id)

    def issue(self, issue: IssueRow) -> Row:
        """Of one in which the actor has no part only its course."""
        due, owner = self.found.dues.get(issue.pk), self.found.owners.get(issue.pk)
        if issue.pk in self.found.own:
            one = line(self.actor, issue, due, self.today, owner, names=self.kinds)
        else:
            one = watched(issue, due, self.today, owner)
        return (
            one.number,
            str(one.kind),
            self.names.name(one.led_by) if one.led_by else "",
            self.names.name(owner) if owner else "",
            day(one.raised_on),
            day(due),
            str(one.label),
            str(self.found.extended.get(issue.pk, "")),
            str(issue.times_reopened or ""),
        )


def day(value: date | datetime | None) -> str:
    if isinstance(value, datetime):
        value = timezone.localdate(value)
    return f"{value:{DAY}}" if value else ""


def marks(talk: TalkRow) -> str:
    said = ("补录" if talk.late_id else "", "纸质补录" if talk.from_paper else "")
    return "、".join(each for each in said if each)


def numbered(rows: Sequence[Row]) -> list[Row]:
    return [(str(at), *row) for at, row in enumerate(rows, 1)]
