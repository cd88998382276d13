"""A talk with several on the pages, and every way in which one could look into another's part."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from group_steps import (
    AWAY,
    PART,
    SUMMARY,
    THERE,
    answered,
    confirm,
    group_of,
    held_together,
    part_of,
    summed_up,
    talk_with,
)
from tanxin.apps.archive.models import Draft
from tanxin.apps.talks import services
from tanxin.apps.talks.groups import standing_of
from tanxin.apps.talks.models import Confirmation, GroupTalk, Talk
from tanxin.apps.talks.selectors import said_about

NEW, MINE = reverse("talks:group_new"), reverse("talks:mine")
REPLY = "金丝雀：单可说当天另有安排"
SAID = ("已确认", "待确认", "已约定", "待对方答复", "对记录有异议")


def url(thing, verb="group"):
    return reverse(f"talks:{verb}", args=[thing.pk])


def tomorrow():
    return (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")


def chosen(world, *names):
    return f"{NEW}?" + "&".join(f"with={world.people[name]}" for name in names)


def typed(**more):
    return {"form": str(uuid4()), "expected_version": "0", "text": "", "unclassified": "on"} | more


def test_people_are_chosen_one_after_another_without_a_script(world):
    client = world.client("ada")

    page = client.get(chosen(world, "ben"), {"with": world.ben, "q": "单可"}).content.decode()
    assert f"with={world.ben}&amp;with={world.cleo}" in page
    assert 'name="planned_for"' not in page
    both = client.get(chosen(world, "ben", "cleo")).content.decode()

    assert 'name="planned_for"' in both
    assert "去掉本明" in both


def test_asking_several_makes_a_talk_with_each(world):
    wish = {
        "form": str(uuid4()), "planned_for": tomorrow(), "channel": "face", "kind": "routine",
        "place": "三楼会议室",
    }  # fmt: skip

    answer = world.client("ada").post(chosen(world, "ben", "cleo"), wish)
    again = world.client("ada").post(chosen(world, "ben", "cleo"), wish)

    group = GroupTalk.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, url(group))
    assert again["Location"] == url(group)
    assert Talk.objects.count() == 2
    assert "集体谈话" in world.client("ben").get(MINE).content.decode()


def test_one_alone_is_refused_in_words(world):
    wish = {"form": str(uuid4()), "planned_for": tomorrow(), "channel": "face", "kind": "routine"}

    answer = world.client("ada").post(chosen(world, "ben"), wish)

    assert answer.status_code == 422
    assert not Talk.objects.exists()


def test_who_leads_sees_each_answer_and_the_others_only_names(world):
    group = answered(world)

    ada = world.client("ada").get(url(group)).content.decode()
    ben = world.client("ben").get(url(group)).content.decode()

    assert ada.count("已约定") == 3
    for name in ("本明", "单可", "尉迟明"):
        assert name in ben
    for state in SAID:
        assert state not in ben
    assert str(talk_with(world, group, "cleo").pk) not in ben


def test_presence_is_said_on_one_page(world):
    group = answered(world)
    client = world.client("ada")
    began = (timezone.localtime() - timedelta(minutes=40)).strftime("%Y-%m-%dT%H:%M")
    there = [str(world.ben), str(world.emil)]
    form = {"hold-held_at": began, "hold-present": there}
    assert client.post(url(group, "group_hold"), form).status_code == 422

    answer = client.post(url(group, "group_hold"), form | {"hold-absence": AWAY})

    assert answer.status_code == 303
    assert (
        AWAY
        in world.client("cleo").get(url(talk_with(world, group, "cleo"), "record")).content.decode()
    )
    assert AWAY not in world.client("ben").get(url(group)).content.decode()


def test_fewer_than_two_were_no_group(world):
    group = answered(world)
    began = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    form = {"hold-held_at": began, "hold-present": [str(world.ben)], "hold-absence": AWAY}

    assert world.client("ada").post(url(group, "group_hold"), form).status_code == 422
    assert not Talk.objects.filter(held_at__isnull=False).exists()


def test_the_summary_is_written_once_and_read_by_all(world):
    group = held_together(world)
    client = world.client("ada")
    assert "写纪要" in client.get(url(group)).content.decode()
    page = client.get(url(group, "group_write")).content.decode()
    assert "提出的问题和建议" in page

    data = typed(text=SUMMARY, answer_raised="值班太密")
    saved = client.post(url(group, "group_write"), data)

    assert (saved.status_code, saved["Location"]) == (303, url(group))
    for name in THERE:
        read = world.client(name).get(url(talk_with(world, group, name), "record"))
        for words in (SUMMARY, "值班太密", "confirm-digest"):
            assert words in read.content.decode()
    moved = client.post(url(group, "group_write"), typed(text="另一稿"))
    assert moved.status_code == 422
    assert SUMMARY in moved.content.decode()


def test_a_summary_before_it_was_held_leads_back(world):
    group = answered(world)

    for address in (url(group, "group_write"), url(talk_with(world, group, "ben"), "write")):
        answer = world.client("ada").get(address)
        assert (answer.status_code, answer["Location"]) == (303, url(group))


def test_what_is_typed_is_kept_until_it_is_saved(world):
    group = held_together(world)
    client = world.client("ada")
    client.post(url(group, "group_draft"), {"text": "打了一半", "answer_agreed": "轮流"})

    page = client.get(url(group, "group_write")).content.decode()
    assert "打了一半" in page
    assert "轮流" in page
    client.post(url(group, "group_write"), typed(text="写完了"))

    assert not Draft.objects.exists()


def test_a_late_summary_asks_why(world):
    group = answered(world)
    now = timezone.now()
    services.hold_group(
        world.actor("ada"), group.pk, held_at=now - timedelta(days=9), absence="", at=now,
        present=[world.people[name] for name in THERE],
    )  # fmt: skip
    client = world.client("ada")
    assert client.post(url(group, "group_write"), typed(text=SUMMARY)).status_code == 422

    late = typed(text=SUMMARY, late_reason="外出学习")

    assert client.post(url(group, "group_write"), late).status_code == 303
    read = world.client("ben").get(url(talk_with(world, group, "ben"), "record")).content.decode()
    assert "外出学习" in read


def test_a_part_and_the_summary_are_confirmed_in_one_step(world):
    group = summed_up(world)
    part_of(world, group, "ben")
    talk = talk_with(world, group, "ben")
    ben = world.client("ben")
    page = ben.get(url(talk, "record")).content.decode()
    assert SUMMARY in page
    assert PART in page

    digest = standing_of(talk).digest.hex()
    done = ben.post(url(talk, "confirm"), {"confirm-digest": digest, "confirm-remark": ""})

    assert done.status_code == 303
    assert Confirmation.objects.get().person_id == world.ben
    for query in ({}, {"summary": ""}):
        version = ben.get(reverse("talks:version", args=[talk.pk, 1]), query)
        assert version.status_code == 200
        assert "已确认" in version.content.decode() or "确认" in version.content.decode()
    [said] = said_about(talk)
    receipt = ben.get(reverse("talks:receipt", args=[talk.pk, said.pk, "txt"]))
    assert receipt.status_code == 200


def test_calling_it_off_needs_a_reason(world):
    group = group_of(world)
    client = world.client("ada")
    assert client.post(url(group, "group_move"), {"move-planned_for": "x"}).status_code == 422
    far = (timezone.localtime() + timedelta(days=20)).strftime("%Y-%m-%dT10:00")
    assert client.post(url(group, "group_move"), {"move-planned_for": far}).status_code == 303
    moved = client.get(url(group, "group")).content.decode()
    assert "已为全体改期" in moved
    assert far.replace("T", " ") in moved
    assert client.post(url(group, "group_cancel"), {"cancel-reason": ""}).status_code == 422

    assert client.post(url(group, "group_cancel"), {"cancel-reason": "改期"}).status_code == 303

    assert set(Talk.objects.values_list("state", flat=True)) == {"cancelled"}
    again = client.post(url(group, "group_cancel"), {"cancel-reason": "改期"})
    assert again.status_code == 422


def talk_addresses(talk):
    """Every address of one talk, as the table of addresses knows them."""
    from web.policy.table import addresses  # noqa: PLC0415 - loads the addresses of the site

    for name, arguments in addresses():
        if name.startswith(("talks:", "access:", "issues:")) and arguments[:1] == ("talk_id",):
            more = {"number": 1, "form": "txt"}
            yield reverse(name, args=[talk.pk, *(more.get(one, uuid4()) for one in arguments[1:])])


def test_by_no_address_does_one_look_into_the_talk_of_another(world):
    group = summed_up(world)
    part_of(world, group, "ben")
    confirm(world, group, "ben")
    talk = talk_with(world, group, "ben")
    cleo = world.client("cleo")

    tried = list(talk_addresses(talk))
    assert len(tried) > 15
    for address in tried:
        for answer in (cleo.get(address), cleo.post(address, {})):
            assert answer.status_code in {404, 405}, address
            assert PART not in answer.content.decode()


@pytest.mark.parametrize("show", ["all", "waiting", "planned", "held", "realm"])
def test_no_list_counts_or_names_what_another_did(world, show):
    group = summed_up(world)
    part_of(world, group, "ben")
    before = [rows(world, "cleo", show), rows(world, "emil", show)]

    confirm(world, group, "ben")

    assert [rows(world, "cleo", show), rows(world, "emil", show)] == before
    assert str(talk_with(world, group, "ben").pk) not in before[0]


def rows(world, name, show):
    page = world.client(name).get(MINE, {"show": show})
    return str(
        [(str(line.id), str(line.label), str(line.waiting)) for line in page.context["lines"]]
    )


def shown_to(world, name, group):
    """Everything that this member can open of the group, without what differs each time."""
    client = world.client(name)
    own = talk_with(world, group, name)
    pages = [client.get(url(group)), client.get(url(own)), client.get(url(own, "record"))]
    pages += [client.get(reverse("home:home")), client.get(MINE)]
    return [page.context.get("title", "") for page in pages], [
        without_tokens(page.content.decode()) for page in pages
    ]


def without_tokens(page):
    lines = page.splitlines()
    return "\n".join(line for line in lines if "csrf" not in line and 'name="form"' not in line)


def test_what_one_member_finds_is_the_same_whatever_another_answered_or_confirmed(world):
    group = summed_up(world)
    shown_to(world, "cleo", group)  # the first reading leaves its own mark
    before = shown_to(world, "cleo", group)

    part_of(world, group, "ben")
    confirm(world, group, "ben")
    services.dispute_record(
        world.actor("emil"), talk_with(world, group, "emil").pk, verdict="not_right",
        digest=standing_of(talk_with(world, group, "emil")).digest, remark="尉迟明有异议",
        at=timezone.now(),
    )  # fmt: skip
    after = shown_to(world, "cleo", group)

    for one, other in zip(after[1], before[1], strict=True):
        for word in ("金丝雀：本明", "尉迟明有异议"):
            assert word not in one
        assert one.count("确认") == other.count("确认")


def test_one_who_says_no_is_still_among_those_asked_for_the_others(world):
    group = group_of(world)
    services.refuse(
        world.actor("cleo"), talk_with(world, group, "cleo").pk, reason=REPLY, at=timezone.now()
    )

    page = world.client("ben").get(url(group)).content.decode()

    assert "单可" in page
    for hidden in (REPLY, "已谢绝", "已拒绝"):
        assert hidden not in page
    assert (
        REPLY
        in world.client("ada").get(url(talk_with(world, group, "cleo"), "record")).content.decode()
    )


def test_search_finds_the_summary_for_all_and_a_part_for_one(world):
    group = summed_up(world)
    part_of(world, group, "ben")
    search = reverse("talks:search")

    for name, found in (("ben", True), ("cleo", False), ("emil", False)):
        client = world.client(name)
        assert (
            str(talk_with(world, group, "ben").pk)
            in client.post(search, {"words": "调岗"}).content.decode()
        ) == found
        assert url(group) in client.post(search, {"words": "搬迁"}).content.decode()


def test_a_stranger_finds_no_group(world):
    world.person("gil")
    world.account("gil")
    group = summed_up(world)

    for verb in ("group", "group_write", "group_hold", "group_cancel", "group_draft"):
        for method in ("get", "post"):
            answer = getattr(world.client("gil"), method)(url(group, verb))
            assert answer.status_code in {404, 405}


def test_the_pages_of_a_group_cost_the_same_for_three_and_for_nine(world):
    def cost(address):
        client = world.client("ada")
        client.get(MINE)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    few = group_of(world)
    for number in range(6):
        world.person(f"p{number}", f"人{number}")
    many = group_of(world, [*THERE, *(f"p{number}" for number in range(6))])
    held = summed_up(world)

    assert cost(url(few)) == cost(url(many)) <= 12
    assert (
        cost(url(talk_with(world, held, "ben"), "talk")) <= 17
    )  # the summary, its version and who took part besides


def test_what_was_confirmed_is_said_of_that_version_of_the_summary_alone(world, client_of):
    group = summed_up(world)
    part_of(world, group, "ben")
    summed_up(world, "第二版总结", group=group, expected_version=1)
    confirm(world, group, "ben")
    talk, ben = talk_with(world, group, "ben"), client_of("ben")

    def shown(number, of=""):
        path = reverse("talks:version", args=[talk.pk, number])
        return ben.get(path + of).content.decode()

    assert "谈话对象未对本版本" in shown(1, "?summary")
    assert "谈话对象未对本版本" not in shown(2, "?summary")
    assert "谈话对象未对本版本" not in shown(1)


def test_a_remark_to_the_summary_is_taken_as_its_form_is_shown(world, client_of):
    talk = talk_with(world, summed_up(world), "ben")
    path, ben = reverse("talks:record", args=[talk.pk]), client_of("ben")
    assert "remark-text" in ben.get(path).content.decode()

    went = ben.post(url(talk, "remark"), {"remark-text": REPLY, "remark-form": str(uuid4())})

    assert went.status_code == 303
    assert REPLY in ben.get(path).content.decode()


def test_no_page_of_a_group_promises_more_than_who_may_know_keeps(world, client_of):
    group = summed_up(world)

    assert "其他谈话对象都看不到" in client_of("ben").get(url(group)).content.decode()
    for name in ("ada", "ben"):
        page = client_of(name).get(url(group)).content.decode()
        assert "只有您" not in page
        assert "除谈话人外" not in page
