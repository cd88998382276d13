from django.template import engines
from django.utils import translation

from tanxin.web.templatetags.pictures import CELLS


def render(source, **context):
    template = engines["django"].from_string("{% load pictures %}" + source)
    return template.render(context)


def matrix(*cells):
    return {
        "title": "Pairs",
        "corner": "who",
        "columns": ["Ada", "Ben"],
        "rows": [{"name": "Ada", "note": "head", "cells": cells}],
    }


def test_a_cell_of_the_matrix_says_in_words_what_its_sign_means():
    with translation.override("zh-hans"):
        html = render("{% pair_matrix m %}", m=matrix({"state": "self"}, {"state": "late"}))

    assert '<span class="visually-hidden">逾期</span>' in html
    assert '<th scope="row">Ada' in html


def test_a_gap_leads_to_who_owes_it_and_why():
    gap = {"state": "open", "text": "Ada owes it by 15 December", "url": "/duties/1/"}

    html = render("{% pair_matrix m %}", m=matrix(None, gap))

    assert 'href="/duties/1/"' in html
    assert "Ada owes it by 15 December" in html


def test_the_legend_explains_the_signs_in_use_and_no_others():
    with translation.override("zh-hans"):
        html = render("{% pair_matrix m %}", m=matrix(None, {"state": "met"}))

    assert "已谈" in html
    assert "逾期" not in html


def test_every_state_of_a_pair_has_a_sign_and_a_word_of_its_own():
    assert len({sign for _, sign, _ in CELLS.values()}) == len(CELLS)
    assert len({str(word) for *_, word in CELLS.values()}) == len(CELLS)


def test_a_disputed_pair_is_told_from_one_that_is_due_soon():
    with translation.override("zh-hans"):
        html = render("{% pair_matrix m %}", m=matrix({"state": "contested"}, {"state": "soon"}))

    assert html.count("#message-report") == html.count("#hourglass") == 2
    assert html.count("有异议") == 3


def test_the_organisation_chart_nests_and_never_puts_a_link_in_a_summary():
    tree = [
        {
            "name": "Bureau",
            "url": "/org/1/",
            "children": [{"name": "Office", "url": "/org/2/", "mark": "1 late", "state": "late"}],
            "folded": True,
        }
    ]

    html = render("{% org_chart nodes %}", nodes=tree)

    assert "<a" not in html.split("<summary>")[1].split("</summary>")[0]
    assert 'href="/org/1/"' in html
    assert 'href="/org/2/"' in html
    assert "<details open" not in html


def test_a_chart_carries_its_data_without_a_script_that_runs():
    html = render('{% chart "bars" "b" data label="Issues by quarter" %}', data={"a": "</script>"})

    assert '<script id="b" type="application/json">' in html
    assert html.count("</script>") == 1
    assert 'aria-label="Issues by quarter"' in html
