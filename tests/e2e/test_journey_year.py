"""A year is frozen, a department appeals, and somebody without a hand in it decides."""

from datetime import date

from e2e.browsing import Visitor
from e2e.pages import DEPUTY, HEAD, ORGANISER, SUPERVISOR

LAST = date.today().year - 1
REASON = "其中一件属全委统一安排，不应计入本处。"
ANSWER = "经核实该项由全委统一安排，不计入本处。"


def forms(visitor: Visitor) -> str:
    return " ".join(visitor.page.locator("form").evaluate_all("all => all.map(one => one.action)"))


def freeze(visitor: Visitor) -> None:
    """In the first days of January nobody has done so yet."""
    visitor.go("appraisal:year", LAST)
    if "/freeze/" in forms(visitor):
        visitor.send("appraisal:freeze")
    visitor.says("已冻结")


def own_result(visitor: Visitor) -> str:
    visitor.go("appraisal:year", LAST)
    visitor.go(visitor.links_to("appraisal:result")[0])
    return visitor.path


def test_a_frozen_year_is_appealed_against_and_the_new_result_stands_beside_it(visit):
    freeze(visit(ORGANISER))
    head = visit(HEAD)
    result = own_result(head)
    head.says("完全一致", "证据不足")
    before = head.page.locator(".numbers b").first.inner_text()
    if not head.links_to("appraisal:appeal"):
        head.send("appraisal:make_appeal", reason=REASON)
        head.go(result)
    appeal = head.links_to("appraisal:appeal")[0]

    supervisor = visit(SUPERVISOR)
    supervisor.go("appraisal:results")
    assert appeal in supervisor.links_to("appraisal:appeal")
    supervisor.go(appeal)
    row = supervisor.page.locator("tbody tr", has_text="否").first
    row.locator("select").select_option("out")
    supervisor.page.locator('[name="answer"]').fill(ANSWER)
    supervisor.press(supervisor.page.locator("main button.btn-primary"))

    head.go(result)
    after = head.page.locator(".numbers b").first.inner_text()
    assert float(after) > float(before)
    head.says(before, "继续留存")
    head.go(appeal)
    head.says(ANSWER)
    assert visit(DEPUTY).may_open(result)
