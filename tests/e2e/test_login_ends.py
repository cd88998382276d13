"""A login that ends under somebody's hands: what was typed goes on to where it was meant for."""

from e2e.pages import HEAD, SECRETARY
from e2e.people import record_held_talk

TYPED = "窗口人手不足，已提三次，没有答复。"


def test_what_was_typed_is_sent_after_logging_in_again(visit):
    secretary = visit(SECRETARY)
    record_held_talk(secretary, HEAD, "谈了窗口的情况。")
    secretary.go(secretary.links_to("issues:raise")[0])
    typing = secretary.path
    secretary.leave()

    with secretary.page.expect_response(lambda answer: answer.url.endswith("/draft/")):
        secretary.fill("issues:raise", kind="work", text=TYPED).locator("textarea").press("End")
        secretary.page.keyboard.type("。")
    draft = secretary.page.locator("[data-draft]")
    draft.get_by_text("尚未保存").wait_for()
    secretary.page.locator("form.form-card button.btn-primary").click()
    secretary.page.get_by_text("登录已失效").wait_for()
    assert TYPED in secretary.page.locator("textarea").input_value()

    with secretary.context.expect_page() as opened:
        secretary.page.locator('a[target="_blank"]').click()
    door = opened.value
    door.locator(f'button[name="handle"][value="{SECRETARY}"]').click()
    door.wait_for_url(f"{secretary.url}/")
    door.close()

    secretary.page.locator("form.form-card button").first.click()
    secretary.page.get_by_text("当前登录的是").wait_for()
    secretary.page.locator("form.form-card button").first.click()
    secretary.page.wait_for_url(lambda url: typing not in url)
    assert secretary.view == "issues:issue"
    secretary.says(TYPED)


def test_an_issue_that_was_half_typed_stands_in_its_form_again(visit):
    secretary = visit(SECRETARY)
    record_held_talk(secretary, HEAD, "谈了下一步安排。")
    secretary.go(secretary.links_to("issues:raise")[0])

    with secretary.page.expect_response(lambda answer: answer.url.endswith("/draft/")):
        secretary.fill("issues:raise", text=TYPED).locator("textarea").press("End")
        secretary.page.keyboard.type("。")
    secretary.page.locator("[data-draft]").get_by_text("保存").wait_for()

    again = visit(SECRETARY)
    again.go(secretary.path)
    assert TYPED in again.page.locator('[name="text"]').input_value()
    again.says("丢弃草稿")
