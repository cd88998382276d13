"""The owner hears of a kind of browser that was never there before; the first one is no news."""

from django.test import Client
from django.urls import reverse

from login_steps import log_in
from tanxin.apps.audit.models import AuditLeaf

SECURITY = reverse("prefs:security")
OFFICE = "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36"
STRANGE = "Mozilla/5.0 (X11; Linux x86_64) Firefox/143.0"


def browser(agent):
    client = Client(headers={"User-Agent": agent})
    log_in(client)
    return client


def test_a_new_browser_stands_on_the_security_page_and_in_the_log(fay):
    office = browser(OFFICE)
    browser(OFFICE)
    assert "新出现的浏览器" not in office.get(SECURITY).content.decode()
    assert not AuditLeaf.objects.filter(event="account.new_browser").exists()

    strange = browser(STRANGE)

    shown = office.get(SECURITY).content.decode()
    assert "新出现的浏览器" in shown
    assert "从未曾使用过的浏览器登录" in shown
    assert "Firefox · Linux 20" in shown
    [leaf] = AuditLeaf.objects.filter(event="account.new_browser")
    assert leaf.subject_id == fay.accounts["fay"]
    assert {cookie for cookie in strange.cookies if cookie != "csrftoken"} <= {
        "sessionid", "messages",
    }  # fmt: skip
    browser(STRANGE)
    assert AuditLeaf.objects.filter(event="account.new_browser").count() == 1


def test_whoever_fails_to_log_in_makes_no_browser_known(fay):
    browser(OFFICE)
    log_in(Client(headers={"User-Agent": STRANGE}), password="falsch")

    browser(STRANGE)

    assert AuditLeaf.objects.filter(event="account.new_browser").count() == 1
