"""From the list to the evidence, the explanation and what came of it."""

from django.urls import reverse

from signal_steps import WHY, signal_about_ada, supervised
from tanxin.apps.oversight.models import Signal
from tanxin.core.access import Role
from tanxin.core.oversight.facts import Sign
from tanxin.core.oversight.measured import MEASURED
from tanxin.web.oversight import words

LIST = reverse("oversight:signals")


def page(signal, name="signal"):
    return reverse(f"oversight:{name}", args=[signal.pk])


def test_a_supervisor_sees_facts_how_often_it_errs_and_no_word_of_a_record(world):
    signal = signal_about_ada(supervised(world))
    sol = world.client("sol")
    listed = sol.get(LIST).content.decode()
    assert page(signal) in listed
    assert "多份记录雷同" in listed

    html = sol.get(page(signal)).content.decode()
    assert f"每一百条这类提示有 {MEASURED[Sign.COPY].of_a_hundred} 条并无问题" in html
    assert "这 2 份记录的文字至少有" in html
    assert "孩子" not in html
    assert page(signal, "settle") in html
    assert page(signal, "explain") not in html


def sent(browser, signal, step, **data):
    """Send a form, and look at the page it leads to."""
    assert browser.post(page(signal, step), data).status_code == 303
    return browser.get(page(signal)).content.decode()


def test_the_initiator_explains_then_the_supervisor_notes_what_came_of_it(world):
    signal = signal_about_ada(supervised(world))
    ada, sol = world.client("ada"), world.client("sol")
    assert page(signal) in ada.get(reverse("home:home")).content.decode()
    assert ada.post(page(signal, "explain"), {"text": " "}).status_code == 422
    assert WHY in sent(ada, signal, "explain", text=WHY)
    assert page(signal) not in ada.get(reverse("home:home")).content.decode()
    assert "已经作过说明或核查" in sent(ada, signal, "explain", text=WHY)

    assert WHY in sol.get(page(signal)).content.decode()
    assert sol.post(page(signal, "settle"), {}).status_code == 422
    assert "并无问题" in sent(sol, signal, "settle", outcome="nothing", note="不用再说")
    assert "不用再说" in ada.get(page(signal)).content.decode()
    assert "已有督查人员登记结果" in sent(sol, signal, "settle", outcome="talked")
    assert page(signal) in sol.get(f"{LIST}?show=settled").content.decode()
    assert page(signal) not in sol.get(f"{LIST}?show=open&sign=copy").content.decode()


def test_who_supervises_later_is_told_that_there_is_an_explanation(world):
    signal = signal_about_ada(supervised(world))
    world.client("ada").post(page(signal, "explain"), {"text": WHY})
    world.entrust("dora", Role.SUPERVISOR)

    html = world.client("dora").get(page(signal)).content.decode()
    assert WHY not in html
    assert "您不能打开" in html


def test_who_is_asked_nothing_is_told_what_would_stand_there(world):
    for name in ("ben", "sol"):
        html = (world if name == "ben" else supervised(world)).client(name).get(LIST)
        assert html.status_code == 200
        assert "<table" not in html.content.decode()


def test_every_sign_has_words_and_its_evidence_can_be_said():
    told = dict.fromkeys(
        ("records", "all", "leaders", "alike", "minutes", "days", "whole", "stock", "issues",
         "people", "gaps", "other_name", "other_day", "initiator", "subject"), 1,
    )  # fmt: skip
    for sign in Sign:
        signal = Signal(sign=sign.value, told=told, anchor="2026-06-30")
        said = words.evidence(signal)
        assert said
        assert "%(" not in said
        assert words.SIGNS[sign]
        assert words.IN_ORDER[sign]
        assert sign in MEASURED
    assert [words.span(minutes) for minutes in (5, 300, 6000)] == [" 5 分钟", " 5 小时", " 4 天"]
