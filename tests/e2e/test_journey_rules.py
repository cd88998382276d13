"""A clerk changes a draft in forms, tries it on everybody, proposes it; another puts it in force."""

from datetime import datetime, timedelta

from e2e.pages import ORGANISER, SUPERVISOR
from e2e.people import HERE

RULE = "改为每月的帮带谈心"


def change_a_rule(visitor, draft):
    """What is wrong is said beside the field while one types, and gone once it is mended."""
    visitor.go("rules:draft_part", draft, query="part=rules.3")
    code = visitor.page.locator('[name="v.id"]')
    before = code.input_value()
    code.fill("Not A Code")
    wrong = visitor.page.locator("#f-v-id-wrong li")
    wrong.wait_for()
    assert "Not A Code" in wrong.inner_text()
    code.fill(before)
    wrong.wait_for(state="detached")
    visitor.page.locator('[name="v.title.zh"]').fill(RULE)
    visitor.press(visitor.page.get_by_role("button", name="保存", exact=True))
    assert visitor.view == "rules:draft"
    visitor.says(RULE, "已保存")


def try_it(visitor, draft):
    visitor.go("rules:draft_try", draft)
    visitor.page.locator("#tried .numbers, #tried .empty-state").first.wait_for()
    visitor.says("下个月", "明年", "次谈话", "按谈话人")
    visitor.go(visitor.links_to("rules:draft_try_duties")[0])
    assert visitor.view == "rules:draft_try_duties"


def test_rules_are_written_tried_proposed_and_put_in_force_by_another(visit):
    clerk = visit(ORGANISER)
    clerk.go("rules:drafts")
    clerk.go(clerk.links_to("rules:draft", saying="市发展促进委员会")[0])
    draft = clerk.path.rstrip("/").rpartition("/")[2]

    change_a_rule(clerk, draft)
    try_it(clerk, draft)
    clerk.go("rules:draft", draft)
    later = datetime.now(HERE).date() + timedelta(days=500)
    clerk.send("rules:draft_propose", start=later.isoformat())
    clerk.says("已提请批准")

    second = visit(SUPERVISOR)
    assert second.may_open(clerk.path)
    second.go("rules:draft", draft)
    second.send("rules:draft_approve")
    second.says("起生效")
    assert second.links_to("rules:pack")

    clerk.go("rules:packs")
    clerk.says("其他版本")
