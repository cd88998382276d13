"""A talk on paper with somebody who has no account: typed, found right, read back to him."""

from io import BytesIO

import docx

from e2e.browsing import DESKTOP, PHONE, Visitor
from e2e.pages import ASSISTANT, HEAD, MEMBER, ORGANISER
from e2e.people import NAMES, moment

DEPARTMENT = "企业服务处"
TEXT = "谈了窗口排班，本人说中午两小时没人顶班。"
SCAN = {
    "name": "张三的谈话.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
}


def propose_to_a_colleague(leader: Visitor) -> tuple[str, str]:
    """With the first of the department who cannot log in; the page of the talk, and his name."""
    leader.go("talks:new", query=f"q={DEPARTMENT}")
    links = leader.page.locator('main a[href*="with="]')
    known = (NAMES[HEAD], NAMES[MEMBER])
    found = [one for one in links.all() if not one.inner_text().startswith(known)]
    name = found[0].inner_text().split("·")[0].split()[0]
    leader.go(found[0].get_attribute("href"))
    leader.send("talks:new", planned_for=moment(hours=-2), channel="face")
    return leader.path, name


def choose_person(leader: Visitor, page: str, handle: str) -> None:
    """By the search that works without scripts."""
    leader.fill(page, find=NAMES[handle])
    leader.press(leader.page.locator('button[name="looking"]'))
    leader.send(page, person=NAMES[handle])


def test_a_talk_on_paper_is_typed_found_right_and_read_back(visit):
    leader = visit(HEAD, size=DESKTOP, script=False)
    talk, name = propose_to_a_colleague(leader)
    leader.go(leader.links_to("sheets:assistant")[0])
    choose_person(leader, "sheets:assistant", ASSISTANT)
    leader.says("请人补录", NAMES[ASSISTANT])

    typist = visit(ASSISTANT, size=PHONE)
    typist.go(typist.links_to("sheets:type")[0])
    blank = next(path for path in typist.links_to("sheets:blank") if path.endswith("docx"))
    sheet = docx.Document(BytesIO(typist.context.request.get(typist.url + blank).body()))
    assert any(name in cell.text for table in sheet.tables for cell in table._cells)
    form = typist.fill("sheets:type", unclassified=True, text=TEXT)
    form.locator('input[type="file"]').set_input_files([SCAN])
    typist.press(form.locator("button.btn-primary"))

    leader.go("home:home")
    leader.go(leader.links_to("sheets:check")[0])
    leader.says(TEXT, NAMES[ASSISTANT], "扫描件 1")
    leader.send("sheets:check")
    leader.go(leader.links_to("talks:record")[0])
    leader.says("纸质补录", TEXT)
    assert not typist.may_open(talk)

    leader.go(talk)
    leader.go(leader.links_to("sheets:witness")[0])
    choose_person(leader, "sheets:witness", ORGANISER)
    witness = visit(ORGANISER, size=PHONE)
    witness.go(witness.links_to("sheets:word")[0])
    witness.says(TEXT)
    witness.send("sheets:word", how="phone", verdict="confirmed")

    leader.go(talk)
    leader.says("代为宣读确认（电话）", NAMES[ORGANISER], "纸质补录")
    assert not visit(MEMBER).may_open(talk)
