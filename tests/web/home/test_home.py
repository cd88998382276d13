from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from issue_builders import assign, held_talk, issue_in
from tanxin.apps.duties.models import Duty, RuleRow
from tanxin.apps.org.services.secretaries import name_secretary
from tanxin.apps.talks.models import DutyMatch, Talk
from tanxin.apps.talks.models import Request as TalkRequest
from tanxin.core.access import Role

URL = "home:home"


def page(world, person):
    return world.client(person).get(reverse(URL))


def groups(world, person):
    return {group.key: group.items for group in page(world, person).context["todo"].groups}


def keys(world, person):
    return {key: len(items) for key, items in groups(world, person).items()}


def duty(world, initiator="ada", subject="ben", due_in=5, **more):
    rule, _ = RuleRow.objects.get_or_create(
        realm_id=world.realm_id,
        pack="p",
        version="1",
        rule="r",
        defaults={"title": "必谈", "kind": "routine", "text": {}, "published_at": timezone.now()},
    )
    given = {
        "mutual": False,
        "opens": timezone.localdate() - timedelta(days=30),
        "due": timezone.localdate() + timedelta(days=due_in),
        "kind": "routine",
    } | more
    return Duty.objects.create(
        id=uuid4(),
        realm_id=world.realm_id,
        rule=rule,
        period=uuid4().hex,
        initiator_id=world.people[initiator],
        subject_id=world.people[subject],
        form="individual",
        via=uuid4(),
        basis="班子成员",
        **given,
    )


def talk_in(world, state, *, planned_in=3, proposed_by="ada", **people) -> Talk:
    talk = held_talk(world, state=state, **people)
    Talk.objects.filter(pk=talk.pk).update(
        planned_for=timezone.now() + timedelta(days=planned_in),
        proposed_by=world.people[proposed_by],
        confirm_by=timezone.localdate() + timedelta(days=5) if state == "recorded" else None,
    )
    return Talk.objects.get(pk=talk.pk)


def test_a_duty_due_soon_is_to_be_held_by_the_one_who_owes_it(world):
    duty(world)

    assert keys(world, "ada") == {"hold": 1}
    assert keys(world, "ben") == {}
    assert "本明" in page(world, "ada").content.decode()


def test_a_duty_far_ahead_or_not_open_yet_does_not_press(world):
    duty(world, due_in=90)
    duty(world, opens=timezone.localdate() + timedelta(days=1))

    assert keys(world, "ada") == {}


def test_a_mutual_duty_stands_on_both_pages(world):
    duty(world, initiator="ada", subject="emil", mutual=True)

    assert keys(world, "ada") == keys(world, "emil") == {"hold": 1}


def test_a_duty_whose_talk_is_planned_is_not_named_twice(world):
    matched, alike = duty(world), duty(world)
    talk = talk_in(world, "agreed")
    DutyMatch.objects.create(realm_id=world.realm_id, talk=talk, duty=matched)

    assert keys(world, "ada") == {"planned": 1}
    duty(world, subject="cleo")
    assert keys(world, "ada") == {"planned": 1, "hold": 1}
    assert alike


def test_a_proposal_is_answered_by_the_other_side(world):
    talk_in(world, "proposed", proposed_by="ada")

    assert keys(world, "ben") == {"answer": 1}
    assert keys(world, "ada") == {"proposed": 1}


def test_an_agreed_talk_is_planned_for_both_and_to_be_held_once_its_time_came(world):
    talk = talk_in(world, "agreed")
    assert keys(world, "ada") == keys(world, "ben") == {"planned": 1}

    Talk.objects.filter(pk=talk.pk).update(planned_for=timezone.now() - timedelta(hours=2))
    assert keys(world, "ada") == {"hold": 1}


@pytest.mark.parametrize(
    ("state", "person", "group"),
    [
        ("held", "ada", "record"),
        ("disputed", "ada", "record"),
        ("recorded", "ben", "confirm"),
        ("unconfirmed", "ben", "confirm"),
    ],
)
def test_each_state_of_a_talk_waits_for_one_of_the_two(world, state, person, group):
    talk_in(world, state)
    other = {"ada": "ben", "ben": "ada"}[person]

    assert keys(world, person) == {group: 1}
    assert keys(world, other) == {}


def test_who_is_asked_for_a_talk_has_to_answer(world):
    TalkRequest.objects.create(
        realm_id=world.realm_id,
        asker_id=world.cleo,
        asked_id=world.ada,
        asked_at=timezone.now(),
        answer_by=timezone.localdate() + timedelta(days=5),
    )

    assert keys(world, "ada") == {"answer": 1}
    assert keys(world, "cleo") == {}
    assert "单可" in page(world, "ada").content.decode()


@pytest.mark.parametrize(
    ("stage", "person", "group"),
    [
        ("raised", "ada", "issues"),
        ("assigned", "emil", "issues"),
        ("reported", "dora", "verify"),
        ("verified", "ada", "answer"),
    ],
)
def test_an_issue_waits_for_one_person_at_a_time(world, stage, person, group):
    issue_in(world, stage, talk=held_talk(world, state="confirmed"))

    for somebody in ("ada", "ben", "cleo", "dora", "emil"):
        assert keys(world, somebody) == ({group: 1} if somebody == person else {})


def test_the_owner_of_a_measure_is_not_told_whose_matter_it_is(world):
    issue_in(world, "assigned")

    assert groups(world, "emil")["issues"][0].person_id is None
    assert "本明" not in page(world, "emil").content.decode()


def test_who_raised_an_issue_is_told_of_the_answer_until_he_has_read_it(world):
    issue_id = issue_in(world, "answered", talk=held_talk(world, state="confirmed"))

    [item] = groups(world, "ben")["issues"]
    assert item.url == reverse("issues:issue", args=[issue_id])
    assert item.person_id == world.ada
    for somebody in ("ada", "cleo", "dora", "emil"):
        assert keys(world, somebody) == {}
    assert world.client("ben").get(item.url).status_code == 200
    assert keys(world, "ben") == {}


def test_nothing_of_another_realm_or_of_other_people_is_shown(world):
    duty(world)
    talk_in(world, "proposed")
    issue_in(world, "raised")

    assert keys(world, "cleo") == {}


def test_who_has_nothing_to_do_is_told_what_the_page_is_for(world):
    text = page(world, "cleo").content.decode()

    assert "没有待办事项" in text
    assert reverse("talks:ask") in text


@pytest.mark.parametrize(
    ("person", "first"), [("ada", "duties:mine"), ("ben", "talks:mine"), ("dora", "roster:start")]
)
def test_first_steps_suit_the_person(world, person, first):
    duty(world)
    steps = page(world, person).context["steps"]

    assert steps[0].url == reverse(first)
    assert len(steps) == 3


def opened(world, steps):
    browser = world.client("cleo")
    return all(browser.get(step.url).status_code in {200, 303} for step in steps)


@pytest.mark.parametrize(
    ("role", "first"),
    [
        (Role.SUPERVISOR, "duties:list"),
        (Role.SECURITY_ADMIN, "access:roles"),
        (Role.AUDITOR, "audit:log"),
    ],
)
def test_first_steps_suit_the_task_and_open(world, role, first):
    world.entrust("cleo", role)
    steps = page(world, "cleo").context["steps"]

    assert steps[0].url == reverse(first)
    assert opened(world, steps)


def test_a_secretary_begins_with_whom_she_arranges_for(world):
    today, now = timezone.localdate(), timezone.now()
    name_secretary(world.actor("ada"), world.ada, world.cleo, start=today, at=now)
    steps = page(world, "cleo").context["steps"]

    assert steps[0].url == reverse("access:overview")
    assert opened(world, steps)


def test_a_secretary_answers_what_is_proposed_to_her_leader(world):
    today, now = timezone.localdate(), timezone.now()
    name_secretary(world.actor("ada"), world.ada, world.cleo, start=today, at=now)
    theirs = talk_in(world, "proposed", proposed_by="ben")
    talk_in(world, "proposed", proposed_by="ada")

    [item] = groups(world, "cleo")["answer"]
    assert item.url == reverse("access:arranged", args=[theirs.pk])
    assert item.person_id == world.ben
    assert world.client("cleo").get(item.url).status_code == 200
    assert keys(world, "dora") == {}


def test_a_secretary_finds_the_times_to_find_and_with_whom_and_by_when(world):
    today, now = timezone.localdate(), timezone.now()
    name_secretary(world.actor("ada"), world.ada, world.cleo, start=today, at=now)
    owed = duty(world)

    [item] = groups(world, "cleo")["hold"]
    assert item.url == f"{reverse('access:propose', args=[world.ada])}?duty={owed.pk}"
    assert (item.person_id, item.by) == (world.ben, owed.due)
    form = world.client("cleo").get(item.url).content.decode()
    assert "本明" in form
    assert f"{owed.due:%Y-%m-%d}" in form


def test_first_steps_can_be_put_away_and_taken_out_again(world):
    browser = world.client("ben")
    browser.post(reverse("home:first_steps"), {"show": "0"})
    assert not browser.get(reverse(URL)).context["steps"]

    browser.post(reverse("home:first_steps"), {"show": "1"})
    assert browser.get(reverse(URL)).context["steps"]


def test_a_long_list_is_cut_and_leads_on(world):
    for _ in range(11):
        duty(world, subject="cleo")
    answer = page(world, "ada")

    group = answer.context["todo"].groups[0]
    assert (len(group.shown), group.hidden) == (8, 3)
    assert "还有 3 项" in answer.content.decode()


def fill(world, count):
    for _ in range(count):
        duty(world, subject="cleo")
        talk_in(world, "proposed", proposed_by="ben")
        talk_in(world, "held")
    for _ in range(min(count, 5)):
        issue_in(world, "raised", talk=held_talk(world, state="confirmed"))


def test_three_things_and_thirty_cost_the_same_few_queries(world, django_assert_max_num_queries):
    fill(world, 2)
    browser = world.client("ada")
    browser.get(reverse(URL))
    with django_assert_max_num_queries(22) as few:
        browser.get(reverse(URL))
    fill(world, 10)
    with django_assert_max_num_queries(22) as many:
        browser.get(reverse(URL))

    assert len(few) == len(many)


def test_a_promise_is_a_mark_on_the_next_talk_once_a_measure_is_set(world):
    issue = issue_in(world, "raised", talk=held_talk(world, state="confirmed"))
    later, following = talk_in(world, "agreed", planned_in=9), talk_in(world, "agreed")
    assert keys(world, "ada") == {"issues": 1, "planned": 2}
    assert not any(item.promised_url for item in groups(world, "ada")["planned"])

    assign(world, issue)

    assert keys(world, "ada") == {"planned": 2}
    marks = [item.promised_url for item in groups(world, "ada")["planned"]]
    assert marks == [f"{reverse('preparing:sheet', args=[following.pk])}#promised", ""]
    assert "有承诺未办结" in page(world, "ada").content.decode()
    assert not any(item.promised_url for item in groups(world, "ben")["planned"])
    assert later
