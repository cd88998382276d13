"""What an initiator finds before a talk, and what he does not find, not even as a number."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from issue_builders import WORDING, due, held_talk, issue_in
from talk_steps import SAID, agreed, confirmed, duty_of, proposed, recorded
from tanxin.apps.issues import services as issues
from tanxin.apps.org.services.recusing import recuse_from_person
from tanxin.apps.sealing import client as keeper
from tanxin.apps.talks import services
from tanxin.apps.talks.selectors import record_of
from tanxin.core.access import Role

TOPICS = "想谈两件事：处里缺人；孩子入学。"


def sheet(world, talk, name="ada"):
    return world.client(name).get(reverse("preparing:sheet", args=[talk.pk]))


def words(answer) -> str:
    assert answer.status_code == 200, answer
    return answer.content.decode()


def topics(world, talk, text=TOPICS, *, by="ben", expected=0):
    services.write_topics(
        world.actor(by), talk.pk, text=text, at=timezone.now(), expected_version=expected
    )


def test_it_gathers_talks_promises_changes_facts_topics_and_the_reason(world):
    before = confirmed(world)
    issue_in(world, "assigned", talk=before)
    world.post("综合处处长", "planning", "head")
    today = timezone.localdate()
    world.holds("ben", "综合处处长", start=today)
    world.state("ben", "ill", start=today - timedelta(days=9), end=today + timedelta(days=30))
    duty = duty_of(world)
    talk = agreed(world, duty_ids=[duty.pk])
    topics(world, talk)

    said = words(sheet(world, talk))

    for part in (
        TOPICS, "工作条件", "规划处", due().isoformat(), "谈话对象已确认", "生病", "花名册 2026-01",
        "综合处处长", "班子成员与分管处室负责人谈心", str(before.pk),
    ):  # fmt: skip
        assert part in said, part


def test_the_sheet_opens_the_topics_and_no_record(world):
    before = recorded(world)
    talk = agreed(world)
    topics(world, talk)

    said = words(sheet(world, talk))

    assert SAID not in said
    assert keeper.releases(world.realm_id, record_of(before).pk) == []
    world.client("ada").get(reverse("talks:record", args=[before.pk]))
    assert [one.person_id for one in keeper.releases(world.realm_id, record_of(before).pk)] == [
        world.ada
    ]


def test_nothing_of_others_stands_on_it_not_even_as_a_number(world):
    """Ada oversees all, and verifies what came of Emil's talk with Ben; she knows not whose it is."""
    world.entrust("ada", Role.SUPERVISOR)
    world.state("ben", "ill")
    theirs = held_talk(world, "emil", "ben")
    raised = issues.raise_issue(
        world.actor("emil"), theirs.pk, kind="life", text=WORDING, at=timezone.now()
    )
    issues.assign_issue(
        world.actor("emil"), raised.pk, owner=world.dora, verifier=world.ada, due=due(),
        statement_text=WORDING, measure_text=WORDING, at=timezone.now(),
    )  # fmt: skip
    hers = held_talk(world, "cleo", "ben")
    talk = agreed(world, by="cleo")

    shown = sheet(world, talk, "cleo").context["sheet"]
    assert [one.id for one in shown.earlier] == [hers.pk]
    assert (shown.promised, shown.facts, shown.open_count) == ([], [], 0)

    own = agreed(world)
    for recused in (False, True):
        if recused:
            keep = (world.actor("ben"), world.ada, world.ben)
            recuse_from_person(*keep, because="dispute", at=timezone.now())
        shown = sheet(world, own).context["sheet"]
        assert (shown.earlier, shown.promised, shown.open_count) == ([], [], 0)
        assert str(theirs.pk) not in words(sheet(world, own))


def test_an_expired_fact_has_vanished(world):
    today = timezone.localdate()
    world.state("ben", "study", end=today, sensitive=False)
    world.state("ben", "leave", end=today + timedelta(days=1), sensitive=False)

    facts = sheet(world, proposed(world)).context["sheet"].facts

    assert [fact.what for fact in facts] == ["休假"]


def test_the_topics_are_for_the_two_alone(world):
    talk = agreed(world)
    page = reverse("preparing:topics", args=[talk.pk])
    data = {"expected_version": 0, "text": TOPICS}

    assert world.client("ben").post(page, data).status_code == 303

    assert TOPICS in words(world.client("ben").get(page))
    assert TOPICS in words(sheet(world, talk))
    for name, status in (("ada", 403), ("dora", 403), ("cleo", 404)):
        assert world.client(name).get(page).status_code == status
        assert world.client(name).post(page, data).status_code == status
    assert sheet(world, talk, "ben").status_code == 403


def test_a_second_window_does_not_overwrite_the_topics(world):
    talk = agreed(world)
    page = reverse("preparing:topics", args=[talk.pk])
    topics(world, talk)

    answer = world.client("ben").post(page, {"expected_version": 0, "text": "只谈缺人"})

    assert answer.status_code == 422
    assert TOPICS in answer.content.decode()
    assert (
        world.client("ben").post(page, {"expected_version": 1, "text": "只谈缺人"}).status_code
        == 303
    )


def test_after_the_talk_nothing_is_added_to_the_topics(world):
    talk = recorded(world)

    answer = world.client("ben").post(
        reverse("preparing:topics", args=[talk.pk]), {"expected_version": 0, "text": TOPICS}
    )

    assert answer.status_code == 422
    assert world.client("ben").get(reverse("preparing:topics", args=[talk.pk])).status_code == 200


def test_what_was_promised_leads_from_the_lists_to_the_sheet(world):
    issue_in(world, "assigned", talk=recorded(world))
    duty = duty_of(world)
    talk = agreed(world, duty_ids=[duty.pk])
    to_sheet = f"{reverse('preparing:sheet', args=[talk.pk])}#promised"

    assert to_sheet in words(world.client("ada").get(reverse("duties:mine")))
    assert to_sheet in words(world.client("ada").get(reverse("home:home")))
    assert to_sheet not in words(world.client("ben").get(reverse("home:home")))
