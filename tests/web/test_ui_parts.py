from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from tanxin.core import lifecycle
from tanxin.web.templatetags import ui
from tanxin.web.tones import TONE_OF_STATE, tone_of

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


def render(source, query="", **context):
    template = engines["django"].from_string("{% load ui %}" + source)
    return template.render(context, RequestFactory().get(f"/list/{query}"))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 20), "逾期 3 天"),
        (date(2026, 11, 23), "今天到期"),
        (date(2026, 11, 30), "还有 7 天"),
    ],
)
def test_a_deadline_near_or_over_says_so_in_words(day, words):
    with translation.override("zh-hans"):
        assert words in ui.due(day, TODAY)


def test_a_deadline_far_off_or_met_is_only_a_date():
    assert "mark" not in ui.due(date(2027, 3, 1), TODAY)
    assert "mark" not in ui.due(date(2026, 11, 1), TODAY, done=True)
    assert ui.due(None, TODAY) == "—"


@pytest.mark.parametrize(
    "states",
    [lifecycle.DutyState, lifecycle.TalkState, lifecycle.RequestState, lifecycle.IssueState],
)
def test_every_state_has_a_tone(states):
    assert {str(state) for state in states} <= set(TONE_OF_STATE)


def test_an_unknown_state_is_shown_without_alarm():
    assert tone_of("never heard of") == "rest"


def test_a_state_is_shown_by_word_and_sign_not_by_colour_alone():
    assert "<use href=" in ui.badge("有异议", state="disputed")
    assert "有异议" in ui.badge("有异议", state="disputed")


def test_what_people_wrote_is_escaped():
    assert "<b>" not in ui.badge("<b>", tone="info")
    assert "<b>" not in render("{% empty title %}", title="<b>")


def test_the_pager_keeps_the_filters_and_shows_only_ways_that_exist():
    html = render('{% pager "" "abc=" %}', "?kind=care&cursor=old")

    assert 'href="?kind=care&amp;cursor=abc%3D"' in html
    assert 'rel="prev"' not in html


def test_one_page_needs_no_pager():
    assert "<nav" not in render('{% pager "" "" %}')


def test_a_share_of_nothing_is_said_in_words():
    assert ui.meter(0, 0, "no duties yet") == "<span>no duties yet</span>"
    assert 'value="3" max="4"' in ui.meter(3, 4, "held")


def test_a_labelled_icon_is_read_out_and_an_ornament_is_not():
    assert 'aria-label="printed"' in ui.icon("printer", "printed")
    assert 'aria-hidden="true"' in ui.icon("printer")


def test_a_notice_keeps_its_markup():
    html = render('{% notice "warn" %}See <a href="/x/">here</a>.{% endnotice %}')

    assert '<a href="/x/">here</a>' in html
    assert "tone-warn" in html


def test_first_steps_count_what_is_done_and_offer_the_rest():
    steps = [
        {"label": "one", "done": True, "url": "/1/"},
        {"label": "two", "url": "/2/", "done": False},
    ]

    html = render('{% first_steps "Begin" steps %}', steps=steps)

    assert "1 / 2" in html
    assert 'href="/2/"' in html
    assert 'href="/1/"' not in html


def test_a_timeline_tells_who_did_what_and_when():
    html = render(
        "{% timeline e %}", e=[{"on": NOON, "who": "Ada", "text": "held", "note": "late"}]
    )

    assert 'datetime="2026-11-23T12:00:00+08:00">2026-11-23 12:00<' in html
    assert "Ada" in html
    assert "late" in html


def test_facts_without_a_value_show_a_dash():
    assert "<dd>—</dd>" in render("{% facts rows %}", rows=[("Place", "")])


def test_a_draft_is_sent_from_within_its_form():
    html = render('{% draft "/talks/1/draft/" typed %}', typed=None)

    assert 'hx-post="/talks/1/draft/"' in html
    assert "closest form" in html


class Sample(forms.Form):
    kind = forms.ChoiceField(choices=[("a", "A")])
    place = forms.CharField(help_text="Where?", required=False)
    channel = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    paper = forms.BooleanField(required=False, label="On paper")
    wide = forms.CharField(widget=forms.TextInput(attrs={"class": "wide"}))


def test_fields_wear_our_clothes_and_keep_their_own():
    form = Sample()

    assert 'class="form-select"' in form["kind"].as_field_group()
    assert 'class="form-control wide"' in form["wide"].as_field_group()
    assert "<fieldset" in form["channel"].as_field_group()
    assert form["paper"].as_field_group().count("On paper") == 1


def test_help_and_mistakes_are_tied_to_their_field():
    form = Sample({"kind": "a"})

    assert 'aria-describedby="id_place_helptext"' in form["place"].as_field_group()
    wide = form["wide"].as_field_group()
    assert 'aria-invalid="true"' in wide
    assert 'class="errorlist"' in wide
