from datetime import date

import pytest
from django.utils import timezone

from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.org.access import FactsForbidden
from tanxin.apps.org.intake import (
    DifferenceMoved,
    Group,
    RosterHasFaults,
    examine,
    export_roster,
    take_in,
)
from tanxin.apps.org.models import BranchMember, Person, Post, RankHolding, Seat, Tenure

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 23)
HEAD = "单位,部门,姓名,性别,出生年月,现任职务,任现职时间,职级,工号,手机号,所在党支部,党内职务\n"
FILE = HEAD + (
    "发展中心,综合处,张　伟,男,1980.05,处长,2024.03,县处级正职,T001,13800000001,第一党支部,支部书记\n"
    "发展中心,综合处,仇珍,女,1990.11,科员,,,T002,13800000002,第一党支部,党员\n"
)


def seen(world, text, **more):
    return examine(world.actor("dora"), "花名册.csv", text.encode(), on=ON, **more)


def import_(world, text, **more):
    found = seen(world, text, **more)
    return take_in(world.actor("dora"), found, at=timezone.now(), shown=found.difference.digest)


@pytest.fixture
def bare(world):
    """A realm whose units nobody listed, so that those of the file stand for themselves."""
    return world


def listed(world, text):
    world.unit("发展中心", "institution")
    world.unit("综合处", "department", "发展中心")
    world.unit("规划处", "department", "发展中心")
    world.unit("第一党支部", "branch", "发展中心")
    return text


def test_looking_changes_nothing(world):
    before = Person.objects.count()
    found = seen(world, listed(world, FILE))

    assert found.is_clean, [(f.code, dict(f.params)) for f in found.roster.findings]
    assert found.difference.counts[Group.JOINED] >= 2
    assert Person.objects.count() == before
    assert not AuditLeaf.objects.filter(event="roster.imported").exists()


def test_it_takes_in_people_posts_ranks_and_branches_with_one_entry_in_the_log(world):
    done = import_(world, listed(world, FILE))

    zhang = Person.objects.get(number="T001")
    tenure = Tenure.objects.get(person=zhang)
    assert (tenure.post.title, tenure.post.level, tenure.start) == (
        "处长",
        "head",
        date(2024, 3, 1),
    )
    assert RankHolding.objects.get(person=zhang).rank == "chu-zheng"
    assert BranchMember.objects.get(person=zhang).role == "secretary"
    assert zhang.pk in done.touched
    assert AuditLeaf.objects.filter(event="roster.imported").count() == 1


def test_the_same_file_twice_changes_nothing(world):
    import_(world, listed(world, FILE))

    assert not seen(world, FILE).difference


def test_a_move_ends_one_tenure_and_begins_another(world):
    import_(world, listed(world, FILE))
    moved = FILE.replace(
        "综合处,张　伟,男,1980.05,处长,2024.03", "规划处,张伟,男,1980.05,处长,2026.10"
    )

    found = seen(world, moved)
    assert [(step.group, step.before, step.after) for step in found.difference.steps] == [
        (Group.MOVED, "综合处 处长", "规划处 处长")
    ]
    take_in(world.actor("dora"), found, at=timezone.now())

    first, second = Tenure.objects.filter(person__number="T001").order_by("start")
    assert (first.end, second.start, second.end) == (date(2026, 10, 1), date(2026, 10, 1), None)


def test_an_empty_cell_wipes_nothing_out(world):
    import_(world, listed(world, FILE))

    assert not seen(world, FILE.replace("13800000002", "")).difference


def test_a_complete_file_says_who_left(world):
    import_(world, listed(world, FILE))
    found = seen(world, "\n".join(FILE.splitlines()[:2]) + "\n", complete=True)

    assert "仇珍" in {step.about for step in found.difference.steps if step.group is Group.LEFT}
    take_in(world.actor("dora"), found, at=timezone.now())
    assert Person.objects.get(number="T002").left_on == ON
    assert Tenure.objects.get(person__number="T002").end == ON


def test_faulty_rows_stop_everything_unless_only_the_good_are_wanted(world):
    text = listed(world, FILE) + "发展中心,综合处,王琳,女,1885.13,科员,,,T003,,,\n"
    found = seen(world, text)

    with pytest.raises(RosterHasFaults):
        take_in(world.actor("dora"), found, at=timezone.now())
    assert not Person.objects.filter(number="T001").exists()

    take_in(world.actor("dora"), found, at=timezone.now(), accept_good=True)
    assert Person.objects.filter(number="T001").exists()
    assert not Person.objects.filter(number="T003").exists()


def test_what_was_not_shown_is_not_applied(world):
    found = seen(world, listed(world, FILE))

    with pytest.raises(DifferenceMoved):
        take_in(world.actor("dora"), found, at=timezone.now(), shown="another")
    assert not Person.objects.filter(number="T001").exists()


def test_facts_that_changed_in_the_meantime_stop_it_whole(world):
    import_(world, listed(world, FILE))
    moved = FILE.replace(
        "综合处,张　伟,男,1980.05,处长,2024.03", "规划处,张伟,男,1980.05,处长,2026.10"
    )
    found = seen(world, moved)
    Tenure.objects.filter(person__number="T001").update(voided_at=timezone.now())

    with pytest.raises(DifferenceMoved):
        take_in(world.actor("dora"), found, at=timezone.now())
    assert Tenure.objects.filter(person__number="T001").count() == 1


def test_only_the_organiser_looks_or_takes_in(world):
    with pytest.raises(FactsForbidden):
        examine(world.actor("ada"), "花名册.csv", FILE.encode(), on=ON)
    with pytest.raises(FactsForbidden):
        export_roster(world.actor("ben"), on=ON, at=timezone.now())


def test_export_and_import_is_the_identity(world):
    import_(world, listed(world, FILE))
    exported = export_roster(world.actor("dora"), on=ON, at=timezone.now())
    found = examine(world.actor("dora"), "导出.xlsx", exported, on=ON, complete=True)

    assert found.is_clean, [
        (f.severity, f.code, dict(f.params), f.where) for f in found.roster.findings
    ]
    assert [step.line for step in found.difference.steps] == []
    assert (Post.objects.exists(), Seat.objects.exists()) == (True, True)
