import io
import zipfile
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.org.roster import made
from tanxin.apps.org import codes
from tanxin.apps.org.roster import (
    AuthorityRow,
    CareerLine,
    ChargeRow,
    ContactRow,
    EventRow,
    PersonRow,
    Roster,
    StateRow,
    TeamRow,
    UnitRow,
    Where,
    read_roster,
    write_roster,
    write_template,
)
from tanxin.apps.org.roster.columns import kinds
from tanxin.apps.org.roster.dates import NO_DATE
from tanxin.apps.org.roster.values import person_name, plain

NOWHERE = Where("")
# What a user can type: formulas, quotes, blanks, rare characters, XML and Excel escapes.
LETTERS = st.one_of(
    st.sampled_from(list("张喆𠮷㛃王芳局办公室=+-@'\"<>&;,\t _x0041_#·（）12.")),
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")),
)
TEXTS = st.text(LETTERS, max_size=12).map(plain)
# A sum or a signature in a row's cell would be one only where the row had no name.
WORDS = st.text(LETTERS, min_size=1, max_size=8).map(lambda text: plain("局" + text))
NAMES = st.text(st.sampled_from("张王李赵伟芳娜敏静喆·"), min_size=2, max_size=5).map(person_name)
DAYS = st.dates(date(1950, 1, 1), date(2050, 1, 1))
MAYBE_DAY = st.none() | DAYS
MONTHS = st.just("") | DAYS.map(lambda day: f"{day:%Y-%m}")
NUMBERS = st.just("") | st.integers(1, 99999).map(lambda number: f"{number:05}")
LATE = st.dates(date(2051, 1, 1), date(2090, 1, 1))


def code_of(name):
    return st.sampled_from(["", *codes.table(name).words])


@st.composite
def people(draw):
    born = draw(st.dates(date(1920, 1, 1), date(1949, 12, 31)))
    serial = draw(st.integers(0, 999))
    with_id = draw(st.booleans())
    return PersonRow(
        NOWHERE,
        name=draw(NAMES),
        number=draw(NUMBERS),
        gender=("m" if serial % 2 else "f") if with_id else draw(st.sampled_from(["", "m", "f"])),
        birth=f"{born:%Y-%m}" if with_id else draw(st.sampled_from(["", "1949-10", "1949-01"])),
        ethnicity=draw(TEXTS),
        origin=draw(TEXTS),
        started_work=draw(MAYBE_DAY),
        joined_party=draw(MAYBE_DAY),
        politics=draw(code_of("politics")),
        education=draw(TEXTS),
        unit=draw(TEXTS),
        department=draw(TEXTS),
        post=draw(TEXTS),
        rank=draw(st.sampled_from(["", *codes.ranks()])),
        post_since=draw(MAYBE_DAY),
        rank_since=draw(MAYBE_DAY),
        id_number=made.id_number(f"{born:%Y%m%d}", serial) if with_id else "",
        phone=draw(st.sampled_from(["", "13800001111", "010-65661234"])),
        mail=draw(st.sampled_from(["", "zhang@example.cn"])),
        branch=draw(TEXTS),
        party_post=draw(TEXTS),
        states=tuple(
            draw(
                st.lists(
                    st.sampled_from(sorted(set(codes.table("state").words) - {"active"})),
                    unique=True,
                    max_size=3,
                )
            )
        ),
        career=tuple(draw(st.lists(careers(), max_size=3))),
        note=draw(TEXTS),
    )


@st.composite
def careers(draw):
    asides = draw(st.lists(NAMES.map("（其间：{}）".format), max_size=2))
    return CareerLine(
        f"{draw(DAYS):%Y-%m}",
        draw(st.just("") | LATE.map("{:%Y-%m}".format)),
        draw(NAMES),
        tuple(asides),
    )


SPAN = {"start": MAYBE_DAY, "end": st.none() | LATE}
WHO = {"name": NAMES, "number": NUMBERS}
ROSTERS = st.builds(
    Roster,
    people=st.lists(people(), max_size=4).map(tuple),
    units=st.lists(
        st.builds(UnitRow, st.just(NOWHERE), code=NUMBERS, name=WORDS, kind=code_of("unit_kind"),
                  parent=TEXTS, order=st.none() | st.integers(0, 9999)), max_size=3).map(tuple),
    teams=st.lists(
        st.builds(TeamRow, st.just(NOWHERE), team=WORDS, unit=TEXTS, kind=code_of("team_kind"),
                  role=code_of("seat_role"), **WHO, **SPAN), max_size=3).map(tuple),
    charges=st.lists(
        st.builds(ChargeRow, st.just(NOWHERE), unit=NAMES, **WHO, **SPAN), max_size=3).map(tuple),
    contacts=st.lists(
        st.builds(ContactRow, st.just(NOWHERE), kind=code_of("contact_kind"), other=NAMES,
                  other_number=NUMBERS, unit=TEXTS, **WHO, **SPAN), max_size=3).map(tuple),
    states=st.lists(
        st.builds(StateRow, st.just(NOWHERE), kind=code_of("state"), source=TEXTS, **WHO, **SPAN),
        max_size=3).map(tuple),
    events=st.lists(
        st.builds(EventRow, st.just(NOWHERE), kind=st.sampled_from(sorted(codes.table("event").words)),
                  team=TEXTS, on=DAYS, **WHO), max_size=3).map(tuple),
    authorities=st.lists(
        st.builds(AuthorityRow, st.just(NOWHERE), unit=NAMES, over=NAMES,
                  rank=st.sampled_from(["", *codes.ranks()]), **SPAN), max_size=3).map(tuple),
)  # fmt: skip


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@settings(max_examples=60, deadline=None)
@given(roster=ROSTERS)
def test_what_is_written_is_read_again(form, roster):
    assert read_roster("a", write_roster(roster, form)) == roster


DANGEROUS = ["=1+1", "+86", "-1", "@SUM(A1)", "'x", '="x"', "''=", "_x0041_", "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("text", DANGEROUS)
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_texts_that_look_like_formulas_stay_text(form, text):
    roster = Roster(people=(PersonRow(NOWHERE, name="张伟", number="1", unit="局", note=text),))

    assert read_roster("a", write_roster(roster, form)) == roster


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_csv_file_begins_as_a_formula(text):
    roster = Roster(people=(PersonRow(NOWHERE, name="张伟", unit="局", note=text),))

    last = write_roster(roster, "csv").decode("utf-8-sig").splitlines()[1].split(",")[-1]

    assert last.lstrip('"')[0] not in "=+-@"


def test_a_workbook_holds_no_formula():
    roster = Roster(
        people=tuple(
            PersonRow(NOWHERE, name="张伟", number=str(i), note=text)
            for i, text in enumerate(DANGEROUS)
        )
    )

    with zipfile.ZipFile(io.BytesIO(write_roster(roster))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_several_kinds_as_csv_are_a_zip_of_files():
    roster = Roster(
        people=(PersonRow(NOWHERE, name="张伟", number="1", unit="局"),),
        units=(UnitRow(NOWHERE, code="A", name="局"),),
    )

    packed = write_roster(roster, "csv")

    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert set(archive.namelist()) == {"人员.csv", "机构.csv"}
    assert read_roster("a.zip", packed) == roster


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_template_holds_all_headings_and_nobody(form):
    roster = read_roster("模板", write_template(form, explanation=["每人一行"]))

    assert roster == Roster()
    assert {f.code for f in roster.findings} <= {"no-rows", "extension-differs"}
    assert roster.errors == ()


def test_ranks_are_written_in_the_words_of_the_organisation():
    roster = Roster(
        people=(PersonRow(NOWHERE, name="张伟", number="1", unit="学院", rank="ting-zheng"),)
    )

    assert "正校级" in write_roster(roster, "csv", variant="university").decode("utf-8-sig")
    assert read_roster("a.csv", write_roster(roster, "csv", variant="university")) == roster


ROWS = {
    "people": PersonRow, "units": UnitRow, "teams": TeamRow, "charges": ChargeRow,
    "contacts": ContactRow, "states": StateRow, "events": EventRow, "authorities": AuthorityRow,
}  # fmt: skip


@pytest.mark.parametrize("kind", ROWS)
def test_every_field_of_a_row_has_a_column(kind):
    columns = {column.field for column in kinds()[kind].columns} - {"serial"}

    assert columns == {field.name for field in fields(ROWS[kind])} - {"where"}


def test_marks_for_no_date_are_no_texts():
    assert "" in NO_DATE
