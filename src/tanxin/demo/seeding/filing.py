"""What is filed: ledgers asked for, reports, old talks on a list to destroy."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from django.utils import timezone

from tanxin.apps.org.selectors import unit_tree
from tanxin.apps.reports import exporting, reporting
from tanxin.apps.retention import disposing, holding
from tanxin.apps.talks import services as talks
from tanxin.apps.talks.groups import standing_of
from tanxin.demo.seeding.stage import Course, Stage
from tanxin.demo.seeding.year import LEADERS

FOR_INSPECTION = "配合年度党建工作检查，核对谈心谈话开展情况。"
FOR_MEETING = "民主生活会前向班子通报谈心谈话开展情况。"
OVER = "保管期满，经档案室鉴定无需继续保存。"
COMPLAINT = "当事人就岗位调整提出申诉，申诉办结前暂不销毁。"
OLD = "交流了近期工作进展和处室人员配备情况，对下一步分工提出了建议。"
SAID = {
    "overview": "年初统一作出部署，班子成员带头谈，各支部按季度推进。",
    "problems": "个别处室集中在季度末开展；对退休和流动党员联系还不够及时。",
    "next": "下半年提早安排年底前的谈话，重点联系退休和流动党员。",
}
HELD_IN = ((2014, 3, 13), (2014, 9, 18), (2015, 5, 21), (2013, 11, 7))


def filing_courses(stage: Stage) -> Iterator[Course]:
    # As it is now, or it would lie behind the moment until which the story is told.
    yield ledger(stage, timezone.now())
    yield waiting_ledger(stage)
    yield reports(stage)
    yield old_talks(stage)


def top_unit(stage: Stage) -> UUID:
    return unit_tree(stage.cast.realm_id, stage.cast.today).roots[0].id


def of_the_year(stage: Stage) -> exporting.Wanted:
    today = stage.cast.today
    return exporting.Wanted(top_unit(stage), date(today.year, 1, 1), today)


def ledger(stage: Stage, now: datetime) -> Course:
    """Asked by the organiser, approved by the supervisor; open now."""
    organiser, supervisor = (
        stage.cast.persona(f"demo-{who}") for who in ("organiser", "supervisor")
    )
    yield (at := stage.clock.ago(1, 10, 40))
    row = exporting.ask_export(
        stage.cast.actor(organiser), of_the_year(stage), reason=FOR_INSPECTION,
        on=at.date(), at=at,
    )  # fmt: skip
    yield now
    exporting.approve_export(stage.cast.actor(supervisor), row.pk, on=stage.cast.today, at=now)


def waiting_ledger(stage: Stage) -> Course:
    """Asked by the second supervisor; waits for the first, or for the organiser."""
    yield (at := stage.clock.ago(1, 14, 5))
    exporting.ask_export(
        stage.cast.actor(stage.cast.second_supervisor), of_the_year(stage), reason=FOR_MEETING,
        on=at.date(), at=at,
    )  # fmt: skip


def reports(stage: Stage) -> Course:
    """Of the first half year, finished; of the year, begun."""
    organiser, unit, year = (
        stage.cast.actor(stage.cast.persona("demo-organiser")),
        top_unit(stage),
        stage.cast.today.year,
    )
    yield (at := stage.clock.ago(3, 16, 15))
    half = reporting.begin_report(
        organiser, unit, first=date(year, 1, 1), last=date(year, 6, 30), on=at.date(), at=at
    )
    reporting.write_report(organiser, half.pk, SAID, base=1, on=at.date(), at=at)
    reporting.finish_report(organiser, half.pk, base=2, on=at.date(), at=at)
    yield (at := stage.clock.ago(2, 9, 50))
    reporting.begin_report(
        organiser, unit, first=date(year, 1, 1), last=date(year, 12, 31), on=at.date(), at=at
    )


def old_talks(stage: Stage) -> Course:
    """Of more than ten years ago: three on a list that waits for a signature, one kept longer."""
    cast, clock = stage.cast, stage.clock
    people = [cast.id_of(human) for human in cast.org.people[:LEADERS]]
    pairs = list(pairwise(people[1:6]))
    found = []
    for (lead, other), day in sorted(zip(pairs, HELD_IN, strict=True), key=lambda one: one[1]):
        held = clock.at(date(*day), 15)
        yield held
        found.append(old_talk(stage, lead, other, held))
    yield (at := clock.ago(4, 11, 20))
    supervisor = cast.actor(cast.persona("demo-supervisor"))
    holding.ask_hold(supervisor, found[0], reason=COMPLAINT, at=at)
    yield (at := clock.ago(1, 15, 35))
    organiser = cast.actor(cast.persona("demo-organiser"))
    disposing.draw_list(organiser, reason=OVER, on=at.date(), at=at)


def old_talk(stage: Stage, lead: UUID, other: UUID, held: datetime) -> UUID:
    first, second = stage.cast.actor(lead), stage.cast.actor(other)
    talk = talks.propose_talk(
        first, with_person=other, planned_for=held, kind="routine", at=held - timedelta(days=3)
    )
    talks.agree(second, talk.pk, at=held - timedelta(days=2))
    talks.hold(first, talk.pk, held_at=held, at=held)
    talks.write_record(first, talk.pk, text=OLD, at=held)
    standing = standing_of(talk)
    if standing is not None:
        talks.confirm_record(second, talk.pk, digest=standing.digest, at=held + timedelta(hours=2))
    return talk.pk
