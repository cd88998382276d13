"""A roster is looked at, mended and taken in; a bad file changes nothing."""

from e2e.browsing import Visitor
from e2e.pages import MEMBER, ORGANISER
from e2e.people import PLAN

HEAD = "单位,部门,姓名,性别,出生年月,现任职务,任现职时间,工号\n"
DEPARTMENT = PLAN.departments[0].name
GOOD = f"{PLAN.name},{DEPARTMENT},费知予,女,1994.05,四级主任科员,2026.09,E2E001\n"
BAD = f"{PLAN.name},{DEPARTMENT},毕安然,男,1885.13,一级科员,2026.09,E2E002\n"


def look_at(visitor: Visitor, text: str) -> None:
    visitor.go("roster:start")
    file = {"name": "新进人员.csv", "mimeType": "text/csv", "buffer": text.encode("gb18030")}
    visitor.form_to("roster:start").locator('input[type="file"]').set_input_files(file)
    visitor.send("roster:start")
    assert visitor.view == "roster:check"


def test_a_faulty_roster_changes_nothing_and_the_mended_one_brings_people(visit):
    organiser, member = visit(ORGANISER), visit(MEMBER)
    accept = organiser.page.locator('button[formaction*="accept"]')
    look_at(organiser, HEAD + GOOD + BAD)
    organiser.says("第3行", "出生年月", "1885.13")
    with organiser.page.expect_navigation(wait_until="load") as refused:
        accept.click()
    assert refused.value.status == 422
    member.go("org:search", query="q=费知予")
    assert not member.links_to("org:person")

    look_at(organiser, HEAD + GOOD)
    organiser.says("费知予", DEPARTMENT)
    organiser.says_nothing_of("毕安然")
    organiser.press(accept)

    member.go("org:search", query="q=费知予")
    member.go(member.links_to("org:person")[0])
    member.says("费知予", DEPARTMENT, "四级主任科员")
    assert not member.may_open("/roster/")
