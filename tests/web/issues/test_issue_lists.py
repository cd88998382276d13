"""Narrowing lists of issues, as rows or as a board, and keeping a view of one's own."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from issue_builders import assign, due, held_talk, issue_in
from tanxin.apps.issues.models import Issue, Measure
from tanxin.apps.issues.saved import SavedView
from tanxin.apps.issues.saving import views_of
from tanxin.apps.org.services.recusing import recuse_from_person

URL = reverse("issues:mine")


def at(name, *args):
    return reverse(f"issues:{name}", args=args)


def listed(world, person, **query):
    return [line.id for line in world.client(person).get(URL, query).context["lines"]]


@pytest.fixture
def three(world):
    """One overdue with Emil, one without a measure, one that is answered."""
    late, bare, closed = (issue_in(world, stage) for stage in ("assigned", "raised", "answered"))
    Measure.objects.filter(issue=late).update(due=timezone.localdate() - timedelta(days=3))
    Issue.objects.filter(pk=late).update(weight="urgent", unit=world.units["planning"])
    Issue.objects.filter(pk=bare).update(kind="life")
    return {"late": late, "bare": bare, "closed": closed}


NARROWED = [
    ({"stage": "doing"}, ["late"]),
    ({"stage": "closed"}, ["closed"]),
    ({"kind": "life"}, ["bare"]),
    ({"weight": "urgent"}, ["late"]),
    ({"light": "red"}, ["late"]),
    ({"light": "yellow"}, []),
    ({"unit": "commission"}, ["late", "closed"]),
    ({"unit": "centre"}, []),
    ({"owner": "emil"}, ["late", "closed"]),
    ({"owner": "cleo"}, []),
    ({"first": "today"}, ["closed"]),
    ({"last": "today"}, ["late"]),
    ({"stage": "nonsense", "unit": "x", "first": "x"}, ["late", "bare", "closed"]),
]


def test_a_list_is_narrowed_by_what_it_is_asked_for(world, three):
    meant = world.units | world.people | {"today": timezone.localdate().isoformat()}
    ada = world.client("ada")
    for query, found in NARROWED:
        asked = {name: meant.get(value, value) for name, value in query.items()}
        lines = ada.get(URL, {"show": "led", **asked}).context["lines"]
        assert sorted(line.id for line in lines) == sorted(three[name] for name in found), query


def test_no_filter_shows_more_than_the_door_lets_through(world, three):
    cleo = world.client("cleo")
    for show in ("todo", "promised", "raised", "led", "helped", "all", "realm", "process"):
        for query in ({"owner": world.emil}, {"view": "board"}):
            page = cleo.get(URL, {"show": show, **query})
            assert page.context["lines"] == []


def test_what_is_kept_from_a_helper_is_in_no_list_and_on_no_board(world):
    issue = issue_in(world, "reported")
    assert listed(world, "dora", show="all") == [issue]
    recuse_from_person(world.actor("ben"), world.dora, world.ben, because="wish", at=timezone.now())

    for show in ("todo", "helped", "all", "process"):
        for view in ("", "board"):
            page = world.client("dora").get(URL, {"show": show, "view": view})
            assert page.context["lines"] == [], (show, view)


def test_a_board_has_a_column_for_each_stage_and_leads_on(world, three):
    page = world.client("ada").get(URL, {"show": "led", "view": "board"})
    columns = {
        column.stage: [card.id for card in column.cards] for column in page.context["columns"]
    }

    assert columns == {
        "to_plan": [three["bare"]],
        "doing": [three["late"]],
        "to_verify": [],
        "to_answer": [],
        "closed": [three["closed"]],
    }
    assert at("issue", three["late"]) in page.content.decode()


def test_what_was_promised_stands_with_the_talk_before_which_it_is_wanted(world):
    issue = issue_in(world, "assigned")
    issue_in(world, "answered")
    issue_in(world, "raised")
    coming = held_talk(world, state="agreed")
    type(coming).objects.filter(pk=coming.pk).update(planned_for=timezone.now() + timedelta(days=2))
    page = world.client("ada").get(URL, {"show": "promised"})

    assert [line.id for line in page.context["lines"]] == [issue]
    assert reverse("preparing:sheet", args=[coming.pk]) in page.content.decode()
    assert listed(world, "ben", show="promised") == []


def test_a_view_is_kept_opened_removed_and_taken_back_by_its_owner_only(world, three):
    ada = world.client("ada")
    ada.post(at("view_keep"), {"name": "超期的", "query": "show=led&light=red&evil=<b>"})
    [view] = views_of(world.actor("ada"))
    page = ada.get(f"{URL}?{view.query}")

    assert view.query == "show=led&light=red"
    assert [line.id for line in page.context["lines"]] == [three["late"]]
    assert "超期的" in page.content.decode()
    assert "超期的".encode() not in bytes(SavedView.objects.get().name_sealed)
    assert "超期的" not in world.client("ben").get(URL).content.decode()
    assert world.client("ben").post(at("view_remove", view.id)).status_code == 404
    ada.post(at("view_remove", view.id))
    assert at("view_restore", view.id) in ada.get(URL).content.decode()
    assert views_of(world.actor("ada")) == []
    ada.post(at("view_restore", view.id))
    assert views_of(world.actor("ada")) == [view]
    ada.post(at("view_keep"), {"name": " ", "query": ""})
    assert len(views_of(world.actor("ada"))) == 1


@pytest.mark.parametrize("view", ["", "board"])
def test_a_narrowed_list_and_a_board_cost_the_same_at_any_length(
    world, view, django_assert_max_num_queries
):
    issue_in(world, "assigned")
    query = {"show": "led", "view": view, "owner": world.emil}
    ada = world.client("ada")
    ada.get(URL, query)
    with django_assert_max_num_queries(18) as few:
        ada.get(URL, query)
    talk = held_talk(world)
    for _ in range(4):
        issue_in(world, "assigned", talk=talk)
    with django_assert_max_num_queries(18) as many:
        ada.get(URL, query)

    assert len(few) == len(many)


def test_an_issue_that_is_set_anew_is_listed_once(world):
    issue = issue_in(world, "assigned")
    assign(world, issue, owner="emil", verifier="cleo", due=due())

    assert listed(world, "ada", show="led", owner=world.emil, last=due().isoformat()) == [issue]
