from base64 import urlsafe_b64decode
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from issue_builders import held_talk, issue_in
from tanxin.apps.issues.models import Issue, Measure, MeasureRole

URL = "issues:mine"


def page(world, person, **query):
    return world.client(person).get(reverse(URL), query)


def listed(answer):
    return [line.id for line in answer.context["lines"]]


@pytest.mark.parametrize(
    ("stage", "person"),
    [("raised", "ada"), ("assigned", "emil"), ("reported", "dora"), ("verified", "ada")],
)
def test_it_waits_for_the_one_whose_turn_it_is_and_for_nobody_else(world, stage, person):
    issue_id = issue_in(world, stage)

    for somebody in ("ada", "ben", "cleo", "dora", "emil"):
        expected = [issue_id] if somebody == person else []
        assert listed(page(world, somebody)) == expected


def test_what_is_answered_waits_for_nobody(world):
    issue_in(world, "answered")

    for somebody in ("ada", "ben", "dora", "emil"):
        assert listed(page(world, somebody)) == []


@pytest.mark.parametrize(
    ("show", "person"), [("raised", "ben"), ("led", "ada"), ("helped", "emil"), ("helped", "dora")]
)
def test_each_finds_what_became_of_it(world, show, person):
    issue_id = issue_in(world, "answered")

    assert listed(page(world, person, show=show)) == [issue_id]
    assert listed(page(world, "cleo", show=show)) == []


def test_owner_and_verifier_are_not_told_the_other_side(world):
    issue_in(world, "assigned")

    for person in ("emil", "dora"):
        for show in ("todo", "helped"):
            answer = page(world, person, show=show)
            assert "本明" not in answer.content.decode()
            assert all(line.person_id is None for line in answer.context["lines"])


def test_items_are_told_apart_by_number_and_owner_and_by_the_talk_for_its_two(world):
    issue_id = issue_in(world, "assigned")
    day = f"{timezone.localdate(Issue.objects.get().talk.held_at):%Y-%m-%d} 的谈话"

    for person, show in (("ada", "led"), ("ben", "raised"), ("emil", "todo"), ("dora", "helped")):
        shown = page(world, person, show=show).content.decode()
        assert f"编号 {str(issue_id)[:6].upper()}" in shown
        assert "尉迟明" in shown
        assert (day in shown) is (person in {"ada", "ben"})


def test_an_empty_list_says_what_would_stand_there(world):
    assert "答复提出人" in page(world, "cleo").content.decode()


def many(world, count):
    """Issues of one talk whose measures Emil has to solve."""
    talk = held_talk(world)
    first = Measure.objects.get(issue=issue_in(world, "assigned", talk=talk))
    issues = Issue.objects.bulk_create(
        Issue(
            realm_id=world.realm_id,
            talk=talk,
            led_by_id=talk.initiator_id,
            led_since=talk.held_at,
            kind="work",
            state="assigned",
            waiting_for_id=world.emil,
            wanted_on=first.due,
            raised_at=talk.held_at + timedelta(microseconds=number),
        )
        for number in range(count - 1)
    )
    measures = Measure.objects.bulk_create(
        Measure(
            realm_id=world.realm_id,
            issue=issue,
            statement=first.statement,
            plan=first.plan,
            due=first.due,
            set_at=first.set_at,
        )
        for issue in issues
    )
    MeasureRole.objects.bulk_create(
        MeasureRole(realm_id=world.realm_id, measure=measure, person_id=world.emil, role="owner")
        for measure in measures
    )


READERS = [("todo", "emil"), ("helped", "emil"), ("led", "ada"), ("raised", "ben")]


@pytest.mark.parametrize(("show", "person"), READERS)
def test_all_pages_together_show_each_issue_once(world, show, person):
    many(world, 65)
    browser = world.client(person)
    seen, cursor, more = [], "", True
    while more:
        answer = browser.get(reverse(URL), {"show": show, "cursor": cursor})
        seen += listed(answer)
        cursor = more = answer.context["page"].next

    assert len(seen) == len(set(seen)) == 65


@pytest.mark.parametrize(("show", "person"), READERS)
def test_three_rows_and_sixty_cost_the_same(world, show, person, django_assert_max_num_queries):
    many(world, 3)
    browser = world.client(person)
    browser.get(reverse(URL), {"show": show})
    with django_assert_max_num_queries(12) as few:
        browser.get(reverse(URL), {"show": show})
    many(world, 57)
    with django_assert_max_num_queries(12) as many_rows:
        browser.get(reverse(URL), {"show": show})

    assert len(few) == len(many_rows)


def test_the_cursor_of_an_owner_does_not_tell_when_the_matter_came_up(world):
    many(world, 40)
    cursor = page(world, "emil", show="helped").context["page"].next

    words = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    assert f"{Issue.objects.first().raised_at:%Y-%m-%d}" not in words


def test_the_page_of_a_talk_names_its_issues_to_the_two_and_to_nobody_else(world):
    talk = held_talk(world)
    issue_id = issue_in(world, "assigned", talk=talk)
    link = reverse("issues:issue", args=[issue_id])
    write = reverse("issues:raise", args=[talk.pk])

    pages = {
        who: world.client(who).get(reverse("talks:talk", args=[talk.pk])).content.decode()
        for who in ("ada", "ben", "dora")
    }
    assert [who for who, text in pages.items() if link in text] == ["ada", "ben"]
    assert [who for who, text in pages.items() if write in text] == ["ada"]
