"""Events registered by hand, moved and called off; what is sensitive shows its reason to nobody else."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.duties import services
from tanxin.apps.duties.models import Duty
from tanxin.apps.org.models import Event
from tanxin.apps.org.services.recusing import recuse_from_person

MEETING = "organisational_life_meeting"


def text(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def get(client_of, who, name, *args, **asked):
    return text(client_of(who).get(reverse(name, args=args), asked))


def register(client_of, who="dora", **more):
    data = {"kind": "illness", "on": timezone.localdate().isoformat(), "source": "家属来电"} | more
    return client_of(who).post(reverse("events:new"), data)


@pytest.fixture
def ill(world, derived, client_of):
    """Ada is taken ill; her branch secretary Ben is to talk with her."""
    assert register(client_of, person=world.ada).status_code == 303
    derived()
    return Event.objects.get(kind="illness")


def test_an_event_registered_by_hand_leads_to_its_talks(world, client_of, ill):
    assert (ill.person_id, ill.sensitive, ill.source) == (world.ada, True, "家属来电")
    duty = Duty.objects.get(event=ill, rule__pack="demo-commission")
    assert (duty.initiator_id, duty.subject_id, duty.sensitive) == (world.ben, world.ada, True)

    html = get(client_of, "dora", "events:event", ill.pk)
    assert duty.rule.title in html
    assert "家属来电" in html
    assert "生病" in get(client_of, "dora", "events:register")
    assert AuditLeaf.objects.filter(event="event.recorded", subject_id=ill.pk).exists()


def test_of_a_sensitive_event_nobody_else_finds_a_trace_of_its_reason(world, client_of, ill):
    """Emil leads the house of the committee and sees that a talk is due, and no more."""
    world.post("机关党委书记", "committee", "chief")
    world.holds("emil", "机关党委书记")
    duty = Duty.objects.get(event=ill, rule__pack="demo-commission")
    year = timezone.localdate().year
    pages = [
        get(client_of, "emil", "events:register"),
        get(client_of, "emil", "duties:duty", duty.pk),
        get(client_of, "emil", "duties:list"),
        get(client_of, "emil", "duties:coverage", world.units["committee"], year=year),
        get(client_of, "emil", "org:person", world.ada),
        get(client_of, "emil", "org:search", q="生病"),
        get(client_of, "emil", "plans:list"),
        get(client_of, "emil", "home:home"),
    ]

    for html in pages:
        assert duty.rule.title not in html
        assert "家属来电" not in html
        assert "住院" not in html
    by_rule = get(client_of, "emil", "duties:list", rule=duty.rule_id)
    assert str(duty.pk) not in by_rule
    assert client_of("emil").get(reverse("events:event", args=[ill.pk])).status_code == 404
    assert client_of("cleo").get(reverse("duties:duty", args=[duty.pk])).status_code == 404
    assert duty.rule.title in get(client_of, "ben", "duties:duty", duty.pk)


def test_from_whom_a_person_is_kept_her_events_are_kept_too(world, client_of, ill):
    recuse_from_person(world.actor("ada"), world.dora, world.ada, because="wish", at=timezone.now())

    assert client_of("dora").get(reverse("events:event", args=[ill.pk])).status_code == 404
    assert str(ill.pk) not in get(client_of, "dora", "events:register")


@pytest.fixture
def meeting(world, client_of):
    """A meeting of the branch to come, before which its members talk with each other."""
    services.put_shipped_in_force(
        world.founder, ("university",), start=date(2026, 1, 1), at=timezone.now()
    )
    on = timezone.localdate() + timedelta(days=14)
    place = f"unit:{world.units['branch']}"
    answer = register(client_of, kind=MEETING, place=place, on=on.isoformat(), source="工作计划")
    assert answer.status_code == 303
    today = timezone.localdate()
    services.derive_realm(
        world.founder, world.realm_id, today=today, at=timezone.now(), reason="test"
    )
    return Event.objects.get(kind=MEETING)


def dues():
    rows = Duty.objects.filter(rule__rule="s2-3-branch-before-meeting", state="open")
    return dict(rows.order_by("pk").values_list("pk", "due"))


def test_moving_a_meeting_shows_what_changes_and_then_the_last_days_follow(
    world, client_of, meeting, derived
):
    before = dues()
    assert before
    later = meeting.on + timedelta(days=7)
    move = reverse("events:move", args=[meeting.pk])
    html = text(client_of("dora").get(move, {"on": later.isoformat()}))
    for due in before.values():
        assert f"{due} → {due + timedelta(days=7)}" in html
    meeting.refresh_from_db()
    assert meeting.on == later - timedelta(days=7)

    assert client_of("dora").post(move, {"on": later.isoformat()}).status_code == 303
    derived()

    assert dues() == {key: due + timedelta(days=7) for key, due in before.items()}
    assert "没有期限变化" in text(client_of("dora").get(move, {"on": later.isoformat()}))
    text(client_of("dora").get(move, {"on": "1026-01-01"}), 422)


def test_a_meeting_is_everybody_s_to_know_and_the_organiser_s_to_move(world, client_of, meeting):
    html = get(client_of, "cleo", "events:event", meeting.pk)
    assert "工作计划" not in html
    assert "组织生活会" in get(client_of, "cleo", "events:register")
    move = reverse("events:move", args=[meeting.pk])
    assert client_of("cleo").post(move, {"on": "2026-12-24"}).status_code == 403
    assert client_of("cleo").get(reverse("events:new")).status_code == 403


def test_what_is_called_off_needs_a_reason_and_asks_for_no_talk_any_more(
    world, client_of, meeting, derived
):
    off = reverse("events:call_off", args=[meeting.pk])
    text(client_of("dora").post(off, {"reason": " "}), 422)

    assert client_of("dora").post(off, {"reason": "会议取消"}).status_code == 303
    derived()

    assert meeting.on not in {due + timedelta(days=1) for due in dues().values()}
    assert client_of("dora").get(reverse("events:event", args=[meeting.pk])).status_code == 404
    assert "组织生活会" not in get(client_of, "dora", "events:register", show="past")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "请写明"),
        ({"kind": "earthquake"}, "选择"),
        ({"on": "1026-01-01"}, "2000"),
        ({"source": " "}, "看不到"),
    ],
    ids=["nobody", "unknown", "long-ago", "blank"],
)
def test_what_does_not_fit_is_said_at_its_field(world, client_of, adopted, given, said):
    about = {} if given == {} else {"person": world.ben}
    answer = register(client_of, **about, **given)
    assert answer.status_code == 422

    assert not Event.objects.exists()


def test_beside_a_person_stands_no_team(world, client_of, adopted):
    place = f"team:{world.teams['leaders']}"
    text(register(client_of, person=world.ben, place=place), 422)
    assert register(client_of, kind="key_meeting", place=place).status_code == 303

    assert Event.objects.get().team_id == world.teams["leaders"]


def test_a_hundred_events_cost_as_many_queries_as_three(
    world, client_of, adopted, django_assert_num_queries, django_assert_max_num_queries
):
    dora, today = client_of("dora"), timezone.localdate()
    for days in range(3):
        world.event("key_meeting", today + timedelta(days=days), unit="planning")
    dora.get(reverse("events:register"))
    with django_assert_max_num_queries(12) as few:
        dora.get(reverse("events:register"))
    queries = len(few)
    for days in range(40):
        world.event("key_meeting", today + timedelta(days=days), unit="centre")
    with django_assert_num_queries(queries):
        dora.get(reverse("events:register"))
