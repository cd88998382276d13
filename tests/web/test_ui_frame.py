from types import SimpleNamespace

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

ENTRIES = [
    {"url": f"/{n}/", "label": f"entry {n}", "icon": "home", "active": n == 1} for n in range(7)
]


def page(**context):
    request = RequestFactory().get("/duties/?kind=care")
    request.actor = None
    request.resolver_match = None
    request._messages = context.pop("messages", [])
    template = engines["django"].from_string(
        '{% extends "base.html" %}{% block title %}Duties{% endblock %}'
        "{% block main %}<p>content</p>{% endblock %}"
    )
    return template.render({"nav": ENTRIES, **context}, request)


def test_the_title_stands_in_the_tab_and_once_above_the_page():
    html = page()

    assert "<title>Duties · " in html
    assert html.count("<h1>") == 1
    assert "<h1>Duties</h1>" in html


def test_it_says_on_every_page_that_state_secrets_do_not_belong_here():
    with translation.override("zh-hans"):
        assert "严禁录入国家秘密" in page()


def test_nothing_is_inline_that_the_content_security_policy_would_refuse():
    html = page()

    assert " style=" not in html
    assert "<style" not in html
    assert " onclick=" not in html
    assert html.count("<script") == html.count('<script type="module" src="')


def test_the_menu_marks_where_one_is_and_folds_what_does_not_fit_a_phone():
    html = page()

    assert html.count('href="/1/" aria-current="page"') == 1
    assert html.count('href="/6/"') == 2
    assert html.count('href="/0/"') == 1


def test_a_short_menu_has_nothing_more():
    assert "nav-more" not in page(nav=ENTRIES[:5])


def test_preferences_are_forms_that_come_back_to_the_page():
    html = page()

    assert html.count('<input type="hidden" name="next" value="/duties/?kind=care">') == 3


@pytest.mark.parametrize(
    ("theme", "large", "tag"),
    [
        ("dark", True, '<html lang="zh-hans" data-bs-theme="dark" class="large-print">'),
        ("auto", False, '<html lang="zh-hans" data-bs-theme="auto">'),
    ],
)
def test_theme_and_large_print_are_set_by_the_server(theme, large, tag):
    with translation.override("zh-hans"):
        assert tag in page(theme=theme, large_print=large)


def test_a_message_stays_and_may_be_taken_back():
    done = Message(constants.INFO, "Handed over.", extra_tags="undo /undo/1/")

    html = page(messages=[done])

    assert "Handed over." in html
    assert 'action="/undo/1/"' in html


def test_a_plain_message_offers_nothing_to_undo():
    assert "<form" not in page(messages=[Message(constants.ERROR, "No.")]).split("<main")[1]


@pytest.mark.parametrize("name", ["403", "404", "500", "keeper"])
def test_an_error_page_needs_nothing_but_itself(name):
    html = engines["django"].get_template(f"errors/{name}.html").render({})

    assert html.count("<h1>") == 1
    assert 'href="/"' in html


def test_the_account_menu_offers_the_other_realms():
    realms = [{"url": "/login/realm/2/", "label": "Second bureau", "post": True}]

    html = page(actor=SimpleNamespace(), account_name="Ada", account_menu=realms)

    assert 'action="/login/realm/2/"' in html
    assert "Second bureau" in html
