"""The second step in a real browser: an app with codes, a passkey; and nothing left behind."""

import time
from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse

from e2e.browsing import PHONE, Look, Visitor, visiting
from e2e.pages import DEPUTY, HEAD, MEMBER, ORGANISER
from e2e.people import record_held_talk
from login_steps import code_of

PASSWORD = "gelbe-lampe-am-fenster"
TEXT = "这句话只应留在密封的记录里。"
KEPT_IN_THE_BROWSER = """async () => ({
  local: {...localStorage}, session: {...sessionStorage},
  databases: (await indexedDB.databases()).map(one => one.name),
  caches: 'caches' in window ? await caches.keys() : [],
})"""


@pytest.fixture
def window(site, browser) -> Iterator[Callable[..., Visitor]]:
    """A visitor who comes by name: a passkey is bound to one, and an address is none."""
    made = []
    url = site.url.replace("127.0.0.1", "localhost")

    def opened(handle: str, **look: object) -> Visitor:
        made.append(visiting(browser, url, Look(**look)))
        return made[-1].__enter__().enter_as(handle)

    yield opened
    for one in made:
        one.__exit__(None, None, None)


def choose_password(visitor: Visitor) -> None:
    visitor.go("prefs:password")
    visitor.send("prefs:password", new_password=PASSWORD, password_again=PASSWORD)
    assert visitor.view == "prefs:security"


def log_out(visitor: Visitor) -> None:
    visitor.page.locator("summary", has=visitor.page.locator('[href$="#user-circle"]')).click()
    visitor.send("login:logout")


def log_in(visitor: Visitor, handle: str) -> None:
    visitor.go("login:login")
    form = visitor.page.locator("form", has=visitor.page.locator('[name="password"]'))
    form.locator('[name="handle"]').fill(handle)
    form.locator('[name="password"]').fill(PASSWORD)
    visitor.press(form.locator("button.btn-primary"))


def remove_factor(visitor: Visitor) -> None:
    visitor.go("prefs:security")
    visitor.press(visitor.page.locator('form[action*="/factors/"] button').first)


def test_a_code_of_the_app_is_the_second_step(visit):
    member = visit(MEMBER, size=PHONE)
    choose_password(member)
    member.go("prefs:app")
    secret = member.page.locator(".secret-code").inner_text()
    member.send("prefs:app", code=code_of(secret))
    codes = member.page.locator(".secret-codes li").all_inner_texts()
    assert len(codes) == 10

    log_out(member)
    log_in(member, MEMBER)
    assert member.view == "login:second"
    member.go("home:home")
    assert member.view == "login:login"

    log_in(member, MEMBER)
    member.send("login:second", code=code_of(secret, time.time() + 30))
    assert member.view == "home:home"

    log_out(member)
    log_in(member, MEMBER)
    member.send("login:second", code=codes[0])
    assert member.view == "home:home"
    remove_factor(member)


def test_a_passkey_is_the_second_step(window):
    organiser = window(ORGANISER)
    with_key(organiser)
    choose_password(organiser)
    organiser.go("prefs:passkey")
    form = organiser.page.locator("form[data-passkey]")
    form.locator('[name="name"]').fill("办公室的密钥")
    organiser.press(form.locator("button.btn-primary"))
    assert organiser.page.locator(".secret-codes li").count() == 10
    organiser.go("prefs:security")
    organiser.says("办公室的密钥")

    log_out(organiser)
    log_in(organiser, ORGANISER)
    assert organiser.view == "login:second"
    organiser.press(organiser.page.locator("form[data-passkey] button"))
    assert organiser.view == "home:home"
    remove_factor(organiser)
    assert organiser.complaints == []


def with_key(visitor: Visitor) -> None:
    """Chromium's own key of software, always at hand."""
    tools = visitor.context.new_cdp_session(visitor.page)
    tools.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2", "transport": "usb", "hasResidentKey": False,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": key})


def test_nothing_confidential_stays_in_the_browser(visit):
    deputy = visit(DEPUTY)
    talk = record_held_talk(deputy, HEAD, TEXT)
    deputy.go(f"{talk}record/")
    deputy.says(TEXT)

    kept = deputy.page.evaluate(KEPT_IN_THE_BROWSER)
    assert kept["session"].pop("htmx-current-path-for-history", deputy.path) == deputy.path
    assert kept == {"local": {}, "session": {}, "databases": [], "caches": []}
    cookies = deputy.context.cookies()
    assert {one["name"] for one in cookies if one["name"].startswith("tanxin_")} == {
        "tanxin_language", "tanxin_theme", "tanxin_print",
    }  # fmt: skip
    assert all(one["httpOnly"] for one in cookies if one["name"] in {"sessionid", "csrftoken"})


def test_a_form_of_another_site_changes_nothing(visit, site):
    head = visit(HEAD)
    logout = site.url + reverse("login:logout")
    head.page.goto("about:blank")
    head.page.set_content(f'<form method="post" action="{logout}"><button>x</button></form>')
    with head.page.expect_navigation() as went:
        head.page.locator("button").click()

    assert went.value.status == 403
    head.go("home:home")
    assert head.view == "home:home"
