"""Units that would come to stand below themselves are found before anything is written."""

from datetime import date
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tanxin.apps.org.intake import examine, take_in
from tanxin.apps.org.intake.held import Held
from tanxin.apps.org.intake.rings import rings_of
from tanxin.apps.org.intake.units import places_of
from tanxin.apps.org.intake.words import doubt_sentence
from tanxin.apps.org.models import Person, Unit, UnitSpell
from tanxin.apps.org.roster import Roster, UnitRow, Where

ON = date(2026, 11, 23)
HEAD = "单位编码,单位名称,类别,上级单位\n"


def look(world, text, name="机构.csv"):
    data = text.encode() if isinstance(text, str) else text
    return examine(world.actor("dora"), name, data, on=ON)


def told(found):
    return [(doubt.code, doubt.where.row, doubt.value) for doubt in found.difference.doubts]


@pytest.mark.django_db
def test_a_ring_closed_by_units_already_held_is_told_row_by_row(world):
    before = UnitSpell.objects.count()
    found = look(world, HEAD + "U001,测试委员会,机关,规划处\nU009,新处,处室,U001\n")

    ring = "测试委员会 → 规划处 → 测试委员会"
    assert [(code, row) for code, row, _ in told(found)] == [("unit-ring", 2)]
    assert told(found)[0][2] in {ring, "规划处 → 测试委员会 → 规划处"}
    assert "第2行" in doubt_sentence(found.difference.doubts[0])
    assert not found.is_clean
    take_in(world.actor("dora"), found, at=timezone.now(), accept_good=True)

    assert UnitSpell.objects.count() == before + 1
    assert UnitSpell.objects.get(unit__code="U001").parent_id is None


@pytest.mark.django_db
def test_two_units_that_change_places_are_no_ring(world):
    found = look(world, HEAD + "U002,规划处,处室,\nU001,测试委员会,机关,U002\n")

    assert found.is_clean
    take_in(world.actor("dora"), found, at=timezone.now())
    assert UnitSpell.objects.get(unit__code="U001", end=None).parent.code == "U002"


@pytest.mark.django_db
def test_what_hangs_below_a_row_that_is_left_out_is_left_out_with_it(world):
    rows = "U101,甲处,处室,规划处\nU001,测试委员会,机关,甲处\nU102,甲科,科室,U101\n"
    found = look(world, HEAD + rows)

    assert {row: code for code, row, _ in told(found)} == {
        2: "unit-ring", 3: "unit-ring", 4: "parent-left-out",
    }  # fmt: skip
    take_in(world.actor("dora"), found, at=timezone.now(), accept_good=True)
    assert not Unit.objects.filter(code__in=["U101", "U102"]).exists()


@pytest.mark.django_db
def test_nobody_is_put_into_a_unit_that_is_left_out(world):
    units = "单位编码,单位名称,类别,上级单位\nU101,甲处,处室,规划处\nU001,测试委员会,机关,甲处\n"
    people = "姓名,工号,单位,部门,现任职务\n林一,T001,测试委员会,甲处,科员\n"
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("机构.csv", units)
        archive.writestr("人员.csv", people)
    found = look(world, packed.getvalue(), name="名册.zip")

    assert "unit-left-out" in [code for code, *_ in told(found)]
    take_in(world.actor("dora"), found, at=timezone.now(), accept_good=True)
    assert not Person.objects.filter(number="T001").exists()
    assert not UnitSpell.objects.filter(name="甲处").exists()


@given(st.dictionaries(st.integers(0, 9), st.none() | st.integers(0, 9)))
def test_a_ring_is_whatever_one_comes_back_to(above):
    on_rings = {node for ring in rings_of(above) for node in ring}

    for node in above:
        at, steps = above[node], 0
        while at is not None and at != node and steps < len(above):
            at, steps = above.get(at), steps + 1
        assert (at == node) == (node in on_rings)


@st.composite
def trees_and_rows(draw):
    """A sound tree of units that are held, and rows that hang some of them or new ones anew."""
    count = draw(st.integers(1, 7))
    held = [draw(st.none() | st.integers(0, n - 1)) if n else None for n in range(count)]
    names = st.integers(0, count + 2)
    rows = draw(st.dictionaries(names, st.none() | names, max_size=count + 3))
    names_of_rows = {*range(count), *rows}
    return held, {unit: above if above in names_of_rows else None for unit, above in rows.items()}


@given(trees_and_rows())
def test_every_row_is_taken_or_told_and_the_tree_stays_a_tree(given_):
    tree, rows = given_
    held, ids = Held(uuid4(), ON), {n: uuid4() for n in range(len(tree))}
    for n, above in enumerate(tree):
        spell = UnitSpell(unit_id=ids[n], name=f"u{n}", kind="other", parent_id=ids.get(above))
        held.spells[ids[n]], held.codes[f"c{n}"] = spell, ids[n]
    unit_rows = [
        UnitRow(
            Where("f", "s", at), code=f"c{n}", name=f"u{n}", parent="" if up is None else f"c{up}"
        )
        for at, (n, up) in enumerate(rows.items(), 2)
    ]
    places = places_of(held, Roster(units=tuple(unit_rows)), "f")

    assert not rings_of({place.id: place.parent_id for place in places.by_id.values()})
    told_rows = {doubt.where.row for doubt in places.doubts}
    code_of = {place.id: place.code for place in places.by_id.values()}
    for row in unit_rows:
        unit_id = places.by_code.get(row.code)
        if row.where.row not in told_rows:
            assert code_of.get(places.by_id[unit_id].parent_id, "") == row.parent
        elif unit_id in held.spells:
            assert places.by_id[unit_id].parent_id == held.spells[unit_id].parent_id
        else:
            assert unit_id is None
    wanted = {**dict(enumerate(tree)), **rows}
    assert bool(told_rows) == bool(rings_of(wanted))
