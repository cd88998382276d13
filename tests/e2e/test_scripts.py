"""Whatever is typed stays text, in every field and on every page that shows it."""

from datetime import date, timedelta

import pytest

from e2e.browsing import Visitor
from e2e.pages import DEPUTY, HEAD, MEMBER, ORGANISER, SECRETARY
from e2e.people import NAMES, PLAN, find_partner, moment
from e2e.scripts_in_texts import batches, payloads

BATCH = 30
BATCHES = batches(BATCH)
REDUCED = [pytest.param(BATCHES[0], id="first")]
FULL = [
    pytest.param(some, id=str(at), marks=pytest.mark.prove)
    for at, some in enumerate(BATCHES[1:], 1)
]
SHORT = 100


@pytest.fixture
def watched(visit):
    """People whose windows tell when a script has run or something was asked for elsewhere."""
    ran: list[str] = []

    def watch(handle: str) -> Visitor:
        visitor = visit(handle)
        visitor.page.on("dialog", lambda dialog: (ran.append(visitor.page.url), dialog.dismiss()))
        return visitor

    yield watch
    assert ran == []


def shows(visitor: Visitor, text: str) -> None:
    """As typed: every line of it is to be read on the page."""
    shown = visitor.page.locator("#main").inner_text()
    for line in filter(str.strip, text.splitlines()):
        assert " ".join(line.split()) in " ".join(shown.split()), (visitor.page.url, line)


def talked(watched, text: str, short: str) -> Visitor:
    """Place, record, memo, remark and dispute; read by both."""
    deputy, head = watched(DEPUTY), watched(HEAD)
    find_partner(deputy, HEAD)
    deputy.fill("talks:new", planned_for=moment(hours=-1), channel="face", place=short)
    deputy.page.locator('[name="took_place"]').check()
    deputy.send("talks:new")
    deputy.send("talks:write", unclassified=True, text=text, memo=text)
    talk = deputy.path
    deputy.go(f"{talk}memo/")
    head.go(talk)
    shows(head, short)
    head.go(f"{talk}record/")
    shows(head, text)
    head.send("talks:dispute", verdict="not_right", remark=text)
    deputy.go(f"{talk}record/")
    shows(deputy, text)
    deputy.go(f"{talk}write/")
    deputy.go("home:home")
    return deputy


def asked(watched, text: str) -> None:
    member, secretary = watched(MEMBER), watched(SECRETARY)
    member.go("talks:ask")
    member.page.locator("main a.list-group-item").first.click()
    member.page.wait_for_url("**/talks/ask/?of=*")
    member.send("talks:ask", topic=text, channel="face")
    shows(member, text)
    member.go("talks:mine")
    secretary.go("talks:requests")


def solved(watched, text: str) -> None:
    """An issue from its raising to its answer."""
    secretary = watched(SECRETARY)
    find_partner(secretary, HEAD)
    secretary.fill("talks:new", planned_for=moment(hours=-1), channel="face")
    secretary.page.locator('[name="took_place"]').check()
    secretary.send("talks:new")
    secretary.send("talks:write", unclassified=True, text="谈了。")
    secretary.go(secretary.links_to("issues:raise")[0])
    secretary.send("issues:raise", kind="growth", text=text)
    issue = secretary.path
    shows(secretary, text)
    secretary.go(secretary.links_to("issues:assign")[0])
    secretary.fill("issues:assign", find=NAMES[ORGANISER])
    secretary.press(secretary.page.locator('button[name="looking"]'))
    secretary.fill("issues:assign", owner=NAMES[ORGANISER], find=NAMES[MEMBER])
    secretary.press(secretary.page.locator('button[name="looking"]'))
    due = (date.today() + timedelta(days=20)).isoformat()
    secretary.send("issues:assign", statement=text, measure=text, verifier=NAMES[MEMBER], due=due)
    owner = watched(ORGANISER)
    owner.go(issue)
    shows(owner, text)
    owner.go(owner.links_to("issues:report")[0])
    owner.send("issues:report", evidence=text)
    verifier = watched(MEMBER)
    verifier.go(issue)
    shows(verifier, text)


def searched(watched, some: list[str]) -> None:
    member = watched(MEMBER)
    for text in some[:6]:
        search = member.page.locator('input[name="q"]').first
        search.fill(text)
        search.press("Enter")
        member.page.wait_for_load_state("load")


def imported(watched, some: list[str]) -> None:
    """Names and posts that are scripts, in the report before anything is taken in."""
    organiser = watched(ORGANISER)
    organiser.go("roster:start")
    quoted = ['"' + text.replace('"', '""').replace("\n", " ") + '"' for text in some]
    rows = [
        f"{PLAN.name},{text},{text},男,1990.01,{text},2026.09,X{at}"
        for at, text in enumerate(quoted)
    ]
    text = "单位,部门,姓名,性别,出生年月,现任职务,任现职时间,工号\n" + "\n".join(rows)
    file = {
        "name": f"{some[0][:40].replace('/', '')}.csv",
        "mimeType": "text/csv",
        "buffer": text.encode(),
    }
    organiser.form_to("roster:start").locator('input[type="file"]').set_input_files(file)
    organiser.send("roster:start")
    assert organiser.view == "roster:check"


@pytest.mark.parametrize("some", [*REDUCED, *FULL])
def test_no_script_runs_in_anybodys_window(watched, some):
    text = "\n".join(some)
    talked(watched, text, some[0][:SHORT].replace("\n", " "))
    asked(watched, text)
    solved(watched, text)
    searched(watched, some)
    imported(watched, some)


def test_the_corpus_is_as_large_as_it_says():
    assert len(set(payloads())) >= 200
    print(f"payloads: {len(set(payloads()))}, in this run: {BATCH} in every field")
