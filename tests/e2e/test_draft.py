"""What is being typed is not lost by a key pressed too early, a closed window or a second one."""

from e2e.pages import DEPUTY, HEAD
from e2e.people import find_partner, moment

TYPED = "谈到一半，先记下这一句"


def test_the_enter_key_never_discards_a_draft(visit):
    deputy = visit(DEPUTY)
    find_partner(deputy, HEAD)
    deputy.fill("talks:new", planned_for=moment(hours=-1))
    deputy.page.locator('[name="took_place"]').check()
    deputy.send("talks:new")
    write = deputy.path
    with deputy.page.expect_response(lambda answer: answer.url.endswith("/draft/")):
        deputy.fill("talks:write", text=TYPED).locator("textarea").first.press("End")
        deputy.page.keyboard.type("。")

    deputy.go(write)
    deputy.says("丢弃草稿")
    deputy.fill("talks:write", unclassified=True).locator('[name="unclassified"]').press("Enter")
    deputy.page.wait_for_url("**" + write.replace("write/", ""))

    deputy.go(deputy.links_to("talks:record")[0])
    deputy.says(TYPED)
