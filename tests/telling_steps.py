"""A crowd of which one raised something with Ada, and what leaves of it, as far as a test needs it.

The source is Ben. Cleo heads the office that is told, Dora the organiser reviews.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from issue_builders import held_talk
from tanxin.apps.issues.feedback import deciding
from tanxin.apps.issues.feedback.models import Feedback
from tanxin.apps.issues.feedback.writing import Statement, write_feedback
from tanxin.apps.issues.services import raise_issue
from tanxin.apps.org.models import Post, Tenure, Unit, UnitSpell
from tanxin.apps.org.services import PersonDetails
from tanxin.apps.org.services.bulk import write_facts
from tanxin.apps.org.services.people import sealed_person_rows
from tanxin.apps.talks.models import Talk
from world import FOUNDED, SINCE, SOURCE

SAID = "金丝雀：食堂晚上六点半就收了，我们处加班到八点，只能吃泡面，谁也不管。"
TOLD = "晚餐供应结束得早，加班的同志吃不上热饭，请研究延长。"
NAMED = "规划处本明反映，晚餐供应结束得早。"
ANSWER = "自下月起晚餐延到八点。"
NUMBERS = "一二三四五六七八九十百千甲乙丙丁戊己庚辛"


def crowd(
    world, size: int = 6, unit: str = "planning", *, talked: int | None = None, head: str = "cleo"
) -> list[UUID]:
    """More people of a unit, of whom ``talked`` were talked with; and ``head`` heads an office."""
    post = Post(unit_id=world.units[unit], title=f"{unit}科员", level="staff")
    people = sealed_person_rows(
        world.realm_id,
        [
            PersonDetails(name=f"林{NUMBERS[at]}{unit[0]}", number=f"{unit}{at}")
            for at in range(size)
        ],
        at=FOUNDED,
    )
    facts = [Tenure(person=row, post=post, start=SINCE, source=SOURCE) for row in people]
    rows = [post, *people, *facts]
    if "office" not in world.units:
        office = Unit(code="OFF")
        leading = Post(unit=office, title="办公室主任", level="head")
        spell = UnitSpell(unit=office, name="办公室", kind="department", source=SOURCE)
        spell.parent_id = world.units["commission"]
        world.units["office"] = office.pk
        held = Tenure(person_id=world.people[head], post=leading, start=SINCE, source=SOURCE)
        rows = [office, spell, leading, *rows, held]
    with transaction.atomic():
        write_facts(world.realm_id, rows, at=FOUNDED)
    ids = [row.pk for row in people]
    for person in ids[: size if talked is None else talked]:
        talk_with(world, person)
    return ids


def talk_with(world, person: UUID, *, days: int = 9) -> Talk:
    now = timezone.now()
    return Talk.objects.create(
        realm_id=world.realm_id, initiator_id=world.ada, subject_id=person, kind="routine",
        state="recorded", proposed_by_id=world.ada, planned_for=now, created_at=now,
        held_at=now - timedelta(days=days),
    )  # fmt: skip


def raised(world, *, kind: str = "condition", text: str = SAID) -> UUID:
    """Ben raised it with Ada."""
    talk = held_talk(world)
    return raise_issue(world.actor("ada"), talk.pk, kind=kind, text=text, at=timezone.now()).pk


def written(world, issue_id: UUID | None = None, *, text: str = TOLD, kept=(), **more) -> Feedback:
    given = {
        "unit": world.units["office"],
        "heard_in": world.units["commission"],
        "reviewer": world.dora,
        "at": timezone.now(),
    } | more
    issue_id = issue_id or raised(world)
    return write_feedback(world.actor("ada"), issue_id, Statement(text, kept), **given)


def released(world, **more) -> Feedback:
    feedback = written(world, **more)
    return deciding.release_feedback(world.actor("dora"), feedback.pk, at=timezone.now())


def answered(world) -> Feedback:
    row = released(world)
    return deciding.answer_feedback(world.actor("cleo"), row.pk, answer=ANSWER, at=timezone.now())
