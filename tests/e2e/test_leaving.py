"""Who has logged out has left nothing on the screen, and the keyboard finds its way in."""

from e2e.browsing import PHONE
from e2e.pages import DEPUTY, HEAD, MEMBER
from e2e.people import record_held_talk

TEXT = "退出登录之后不应再看到这句话。"


def test_going_back_after_logging_out_shows_nothing(visit):
    talk = record_held_talk(visit(DEPUTY), HEAD, TEXT)
    head = visit(HEAD)
    head.go(talk)
    head.go(f"{talk}record/")
    head.says(TEXT)

    head.page.locator("summary", has=head.page.locator('[href$="#user-circle"]')).click()
    head.send("login:logout")
    assert head.view == "login:login"

    head.page.go_back(wait_until="load")
    head.says_nothing_of(TEXT)
    assert head.view == "login:login"


def test_the_first_key_leads_past_the_menu(visit):
    member = visit(MEMBER)
    member.page.keyboard.press("Tab")
    member.page.keyboard.press("Enter")

    assert member.page.evaluate("document.activeElement.id") == "main"


def test_a_phone_reaches_every_entry_of_the_menu(visit):
    member = visit(MEMBER, size=PHONE)
    member.page.locator(".nav-more summary").click()

    entries = member.page.locator("nav.shell-nav a:visible")
    paths = {entry.get_attribute("href") for entry in entries.all()}
    assert len(paths) == 7


def test_a_request_for_a_talk_is_two_clicks_away(visit):
    member = visit(MEMBER, size=PHONE)
    member.go("org:chart")
    member.page.locator("a.tool-ask").click()
    member.page.wait_for_url("**/talks/ask/")
    member.page.locator("main a.list-group-item").first.click()
    member.page.wait_for_url("**/talks/ask/?of=*")
    member.send("talks:ask", topic="想谈谈下一步的安排。", channel="face")

    assert member.view == "talks:request"
