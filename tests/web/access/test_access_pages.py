"""The pages about who may see what, walked by those who need them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from issue_builders import issue_in
from talk_steps import SAID, confirmed, duty_of, proposed
from tanxin.apps.archive.content import ContentRequest
from tanxin.apps.org.selectors.entrusted import role_holders
from tanxin.apps.org.trust import Recusal, Secretary
from tanxin.apps.sealing import client
from tanxin.apps.talks.models import Talk
from tanxin.core.access import Role
from tanxin.web.login.entering import FRESH

OVERVIEW = reverse("access:overview")
WHY = "群众反映与记录不一致，需核对"


@pytest.fixture
def staffed(world):
    for key, role, task in (
        ("cleo", Role.SUPERVISOR, "approval"),
        ("emil", Role.SECURITY_ADMIN, "security"),
    ):
        world.entrust(key, role)
        client.entrust_task(world.realm_id, world.session("dora"), world.people[key], task, on=True)
    return world


def text(answer):
    return answer.content.decode()


def page(world, name, url, **data):
    asked = world.client(name)
    return asked.post(url, data) if data else asked.get(url)


def test_a_supervisor_asks_another_lets_him_and_the_subject_is_told(staffed):
    world, talk = staffed, confirmed(staffed)
    url = reverse("access:ask", args=[talk.pk])
    assert url in text(page(world, "cleo", reverse("talks:talk", args=[talk.pk])))
    assert page(world, "cleo", url).status_code == 200
    assert page(world, "cleo", url, reason=WHY, hours=9, is_emergency="on").status_code == 422

    assert page(world, "cleo", url, reason=WHY, hours=24).status_code == 303
    row = ContentRequest.objects.get()
    asked = reverse("access:request", args=[row.pk])
    assert asked in text(page(world, "emil", reverse("home:home")))
    assert asked in text(page(world, "emil", OVERVIEW))
    shown = text(page(world, "emil", asked))
    assert WHY in shown
    assert SAID not in shown
    assert page(world, "ben", asked).status_code == 404
    again = page(world, "cleo", url, reason=WHY, hours=24)
    assert again.status_code == 422
    assert "提出过申请" in text(again)
    assert asked in text(again)

    decide = reverse("access:decide", args=[row.pk])
    browser = world.client("emil")
    assert browser.post(decide, {"verdict": "approve"}).status_code == 303
    assert "已批准查阅" in text(browser.get(asked))

    told = text(page(world, "cleo", reverse("home:home")))
    assert asked in told
    assert "批准您查阅一次谈话" in told
    opened = text(page(world, "cleo", reverse("talks:record", args=[talk.pk])))
    assert SAID in opened
    assert "您凭已批准的申请查阅，有效至" in opened
    assert "仅谈话双方可见" not in opened
    assert "仅谈话双方可见" in text(page(world, "ben", reverse("talks:record", args=[talk.pk])))
    assert "评论" not in text(page(world, "cleo", reverse("talks:record", args=[talk.pk])))
    assert asked in text(page(world, "ben", reverse("home:home")))
    seen = text(page(world, "ben", reverse("talks:talk", args=[talk.pk])))
    assert "经批准查阅" in seen
    assert "单可" in seen
    assert WHY in text(page(world, "ben", asked))
    again = page(world, "emil", reverse("access:decide", args=[row.pk]), verdict="approve")
    assert again.status_code == 422
    assert page(world, "cleo", reverse("access:give_up", args=[row.pk]), x="1").status_code == 303
    assert page(world, "cleo", reverse("talks:record", args=[talk.pk])).status_code == 403


def test_the_page_of_a_talk_promises_in_three_sentences_to_its_two(world):
    talk = confirmed(world)

    for name in ("ada", "ben"):
        seen = text(page(world, name, reverse("talks:talk", args=[talk.pk])))
        assert "谈话内容只有你们双方能看" in seen
        assert "须经另一人批准" in seen
        assert "任何人都不能抹去" in seen
    assert "谁能看到这次谈话" not in text(
        page(world, "dora", reverse("talks:talk", args=[talk.pk]))
    )


def test_an_emergency_is_refused_or_judged(staffed):
    world = staffed
    world.person("gus", "顾思")
    world.account("gus")
    world.entrust("gus", Role.SUPERVISOR)
    talk = confirmed(world)
    page(
        world, "cleo", reverse("access:ask", args=[talk.pk]), reason=WHY, hours=2, is_emergency="on"
    )
    row = ContentRequest.objects.get()
    page(world, "emil", reverse("access:decide", args=[row.pk]), verdict="approve")

    assert "待评议" in text(page(world, "gus", OVERVIEW))
    assert "评议为正当" in text(page(world, "gus", reverse("access:request", args=[row.pk])))
    assert (
        page(
            world, "gus", reverse("access:review", args=[row.pk]), verdict="unjustified"
        ).status_code
        == 303
    )
    assert "已评议为不正当" in text(page(world, "ben", reverse("access:request", args=[row.pk])))


def test_roles_are_proposed_approved_by_another_and_taken_but_none_for_oneself(staffed):
    world, url = staffed, reverse("access:roles")
    assert "单可" in text(page(world, "emil", url))
    found = page(world, "emil", url, find="本明", looking="1", role="auditor")
    assert found.status_code == 200

    chosen = {"person": str(world.ben), "role": "auditor"}
    browser = world.client("emil")
    made = browser.post(url, chosen)
    assert made.status_code == 303
    proposal = made["Location"]
    assert browser.post(url, chosen)["Location"] == proposal
    pending = text(browser.get(url))
    assert proposal in pending
    assert "待他人复核" in pending
    assert role_holders(world.actor("emil"), on=timezone.localdate())[Role.AUDITOR] == []

    approve = f"{proposal}approve/"
    assert approve not in text(browser.get(proposal))
    assert browser.post(approve).status_code == 403
    for listing in (OVERVIEW, reverse("home:home")):
        assert proposal in text(page(world, "cleo", listing))
    assert page(world, "ben", proposal).status_code == 404
    assert page(world, "cleo", approve, x="1").status_code == 303
    assert page(world, "cleo", approve, x="1").status_code == 422
    given = text(browser.get(url))
    assert "本明" in given
    assert proposal not in given
    assert "已生效" in text(browser.get(proposal))

    assert page(world, "emil", url, person=str(world.emil), role="organiser").status_code == 422
    assert "三人" in text(page(world, "emil", url, person=str(world.ben), role="system_admin"))
    assert page(world, "emil", url, person=str(world.ben), role="auditor").status_code == 422
    take = reverse("access:take")
    assert page(world, "emil", take, person=str(world.ben), role="auditor").status_code == 303
    assert page(world, "emil", take, person=str(world.ben), role="auditor").status_code == 303
    assert (
        page(world, "emil", take, person=str(world.emil), role="security_admin").status_code == 303
    )
    assert page(world, "emil", take, person="x").status_code == 422
    assert page(world, "emil", url).status_code == 200


def test_a_proposal_is_turned_down_or_withdrawn_with_a_reason(staffed):
    world, url = staffed, reverse("access:roles")
    first = page(world, "emil", url, person=str(world.ben), role="supervisor")["Location"]
    assert page(world, "cleo", f"{first}refuse/", reason=" ").status_code == 422
    assert page(world, "emil", f"{first}refuse/", reason="不合适").status_code == 403
    assert page(world, "cleo", f"{first}refuse/", reason="他正分管被督查的处室").status_code == 303
    assert "他正分管被督查的处室" in text(page(world, "emil", first))

    second = page(world, "emil", url, person=str(world.ben), role="supervisor")["Location"]
    assert second != first
    assert page(world, "cleo", f"{second}withdraw/", reason="算了").status_code == 403
    assert page(world, "emil", f"{second}withdraw/", reason="").status_code == 422
    assert page(world, "emil", f"{second}withdraw/", reason="人选有变").status_code == 303
    assert page(world, "cleo", f"{second}approve/", x="1").status_code == 422
    assert first not in text(page(world, "emil", url))


def test_what_the_keeper_must_hear_of_is_put_in_force_by_the_security_administrator(staffed):
    world, url = staffed, reverse("access:roles")
    made = page(world, "emil", url, person=str(world.ben), role="supervisor")["Location"]
    assert page(world, "cleo", f"{made}force/", x="1").status_code == 403

    assert page(world, "cleo", f"{made}approve/", x="1").status_code == 303

    assert role_holders(world.actor("emil"), on=timezone.localdate())[Role.SUPERVISOR] == [
        world.cleo
    ]
    assert "使其生效" in text(page(world, "emil", made))
    assert "使其生效" not in text(page(world, "cleo", made))
    assert page(world, "emil", f"{made}force/", x="1").status_code == 303
    assert world.ben in role_holders(world.actor("emil"), on=timezone.localdate())[Role.SUPERVISOR]
    assert page(world, "emil", f"{made}force/", x="1").status_code == 422


def test_somebody_is_found_by_name_pinyin_and_initials_and_nobody_by_nonsense(world):
    def found(typed):
        answer = world.client("ada").get(reverse("access:people"), {"q": typed})
        return [(one["value"], one["text"]) for one in answer.json()]

    ben = (str(world.ben), "本明")
    for typed in ("本明", "benming", "bm"):
        assert ben in found(typed)
    assert found("zzzz") == []
    assert found("") == []


def test_who_chose_nobody_keeps_what_was_typed_and_is_told_which_field(staffed):
    answer = page(
        staffed, "emil", reverse("access:roles"), find="无此人", person="", role="auditor"
    )

    assert answer.status_code == 422
    assert 'value="无此人"' in text(answer)
    assert "还没有选定人员" in text(answer)
    assert "名册中没有这个人" in text(answer)
    assert f'data-select-url="{reverse("access:people")}"' in text(answer)


@pytest.fixture
def later():
    """Somebody who logged in and went for a walk."""

    def browser(world, name):
        client = world.client(name)
        session = client.session
        session[FRESH] = (timezone.now() - timedelta(minutes=6)).timestamp()
        session.save()
        return client

    return browser


def test_a_role_is_given_and_taken_only_by_who_has_just_shown_who_he_is(staffed, later):
    world = staffed
    emil, url, take = later(world, "emil"), reverse("access:roles"), reverse("access:take")
    given = {"person": str(world.ben), "role": "auditor"}

    assert emil.get(url).status_code == 200
    assert emil.post(url, {"find": "本明", "looking": "1"}).context["form"].found == [world.ben]
    asked = text(emil.post(url, given))
    assert 'name="itsme-password"' in asked
    assert f'name="person" value="{world.ben}"' in asked
    assert 'name="itsme-password"' in text(
        emil.post(take, {"person": str(world.cleo), "role": "supervisor"})
    )
    held = role_holders(world.actor("emil"), on=timezone.localdate())
    assert held[Role.AUDITOR] == []
    assert held[Role.SUPERVISOR] == [world.cleo]
    assert later(world, "ben").post(url, given).status_code == 403


def test_a_request_is_decided_only_by_who_has_just_shown_who_he_is(staffed, later):
    world, talk = staffed, confirmed(staffed)
    page(world, "cleo", reverse("access:ask", args=[talk.pk]), reason=WHY, hours=2)
    row = ContentRequest.objects.get()

    for name in ("decide", "review"):
        url = reverse(f"access:{name}", args=[row.pk])
        answer = later(world, "emil").post(url, {"verdict": "approve"})
        assert 'name="itsme-password"' in text(answer)
        assert 'name="verdict" value="approve"' in text(answer)

    row.refresh_from_db()
    assert row.verdict == ""
    assert SAID not in text(page(world, "cleo", reverse("talks:talk", args=[talk.pk])))


def test_a_secretary_is_named_arranges_and_is_no_longer(world):
    assert (
        page(world, "ada", reverse("access:secretaries"), find="单可", looking="1").status_code
        == 200
    )
    assert (
        page(world, "ada", reverse("access:secretaries"), person=str(world.ada)).status_code == 422
    )
    assert (
        page(world, "ada", reverse("access:secretaries"), person=str(world.cleo)).status_code == 303
    )
    assert (
        page(world, "ada", reverse("access:secretaries"), person=str(world.cleo)).status_code == 422
    )
    duty = duty_of(world, kind="care")
    arrange = reverse("access:arrange", args=[world.ada])
    assert arrange in text(page(world, "cleo", OVERVIEW))
    assert str(duty.pk) in text(page(world, "cleo", arrange))

    form = reverse("access:propose", args=[world.ada])
    assert page(world, "cleo", f"{form}?duty={duty.pk}").status_code == 200
    when = (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    assert page(world, "cleo", form, duty_id=str(duty.pk)).status_code == 422
    made = page(
        world,
        "cleo",
        form,
        duty_id=str(duty.pk),
        planned_for=when,
        place="307",
        form="00000000-0000-4000-8000-000000000001",
    )
    assert made.status_code == 303
    talk = Talk.objects.get()
    one = reverse("access:arranged", args=[talk.pk])
    seen = text(page(world, "cleo", one))
    assert "本明" in seen
    assert "关心关爱" not in seen
    assert page(world, "cleo", one, act="nothing").status_code == 422
    assert page(world, "cleo", one, act="agree").status_code == 422
    assert page(world, "cleo", one, **{"act": "move", "move-planned_for": when}).status_code == 303
    assert page(world, "cleo", one, **{"act": "cancel", "cancel-reason": "有会"}).status_code == 303
    assert page(world, "cleo", one).status_code == 404

    named = Secretary.objects.get()
    assert (
        page(world, "ada", reverse("access:end_secretary", args=[named.pk]), x="1").status_code
        == 303
    )
    assert page(world, "cleo", arrange).status_code == 404


def test_the_subject_keeps_a_talk_a_matter_and_everything_from_somebody(world):
    talk, issue_id = proposed(world), issue_in(world, "raised")
    for url in (
        reverse("access:recuse_talk", args=[talk.pk]),
        reverse("access:recuse_issue", args=[issue_id]),
    ):
        assert page(world, "ben", url, find="杜若", looking="1", because="wish").status_code == 200
        assert page(world, "ben", url, person=str(world.dora), because="wish").status_code == 303
        assert page(world, "ben", url, person=str(world.dora), because="wish").status_code == 422
        assert page(world, "ben", url, person=str(world.ada), because="wish").status_code == 422
    person = reverse("access:recuse_person")
    assert (
        page(
            world, "ben", person, person=str(world.cleo), about=str(world.ben), because="dispute"
        ).status_code
        == 303
    )
    assert (
        page(
            world, "ben", person, person=str(world.cleo), about=str(world.emil), because="dispute"
        ).status_code
        == 403
    )

    assert page(world, "dora", reverse("talks:talk", args=[talk.pk])).status_code == 404
    shown = text(page(world, "ben", OVERVIEW))
    assert "单可" in shown
    assert "本明" not in text(page(world, "cleo", OVERVIEW)).split("回避设置")[1]
    for row in Recusal.objects.filter(lifted_at=None):
        assert page(world, "ben", reverse("access:lift", args=[row.pk]), x="1").status_code == 303
    assert page(world, "dora", reverse("talks:talk", args=[talk.pk])).status_code == 200


def test_who_led_a_talk_is_told_that_somebody_must_supervise_it(staffed):
    talk = confirmed(staffed)
    answer = page(
        staffed,
        "ada",
        reverse("access:recuse_talk", args=[talk.pk]),
        person=str(staffed.cleo),
        because="wish",
    )

    assert answer.status_code == 422
    assert "唯一的督查人员" in text(answer)


@pytest.mark.parametrize("rows", [3, 40])
def test_the_lists_take_few_queries_however_long_they_are(
    staffed, rows, django_assert_max_num_queries
):
    world = staffed
    for number in range(rows):
        key = f"p{number}"
        world.person(key, key)
        Recusal.objects.create(
            realm_id=world.realm_id,
            excluded_id=world.people[key],
            about_kind="person",
            about_id=world.ben,
            because="wish",
            set_by_id=world.ben,
            set_at=timezone.now(),
        )
        Secretary.objects.create(
            realm_id=world.realm_id,
            leader_id=world.ben,
            person_id=world.people[key],
            start=None,
            source="x",
            recorded_at=timezone.now(),
        )
    for name, url in (("ben", OVERVIEW), ("emil", reverse("access:roles"))):
        client = world.client(name)
        client.get(url)
        with django_assert_max_num_queries(12):
            client.get(url)


def test_open_work_is_handed_over_by_a_list_that_both_sign(world):
    talk = proposed(world)
    url = reverse("access:handovers")
    assert "已约定的谈话" in text(page(world, "ada", url))
    assert "没有未办结的事项" in text(page(world, "cleo", url))
    assert page(world, "ada", url, person=str(world.ada)).status_code == 422
    made = page(world, "ada", url, person=str(world.cleo))
    assert made.status_code == 303
    assert page(world, "ada", url, person=str(world.cleo)).status_code == 422
    one = made["Location"]
    assert page(world, "dora", one).status_code == 404
    assert "签字移交" not in text(page(world, "ada", one))
    assert page(world, "ada", f"{one}sign/", x="1").status_code == 303
    assert "签字接手" in text(page(world, "cleo", one))
    assert page(world, "cleo", f"{one}sign/", x="1").status_code == 303
    assert "签字移交" in text(page(world, "ada", one))
    assert page(world, "ada", f"{one}sign/", x="1").status_code == 303

    assert "已移交" in text(page(world, "cleo", one))
    talk.refresh_from_db()
    assert talk.initiator_id == world.cleo
    assert page(world, "ada", reverse("talks:talk", args=[talk.pk])).status_code == 404
