"""Whom layer after layer is to talk to: proposed to be merged, to who may see those talks."""

from django.urls import reverse


def test_three_who_lead_talks_with_one_person_in_a_month_are_proposed_to_be_merged(
    world, owed, propose
):
    for initiator in ("ada", "emil", "ben"):
        owed(initiator, "cleo", unit="centre")
    owed("ada", "ben")
    plan = propose()
    url = reverse("plans:plan", args=[plan.pk])

    page = world.client("dora").get(url).content.decode().partition("层层重复谈话")[2]

    assert all(name in page for name in ("单可", "安雅", "尉迟明", "本明"))
    assert "层层重复谈话" not in world.client("emil").get(url).content.decode()


def test_two_are_no_layers_and_a_sensitive_talk_is_none_either(world, plan):
    page = world.client("dora").get(reverse("plans:plan", args=[plan.pk])).content.decode()

    assert "层层重复谈话" not in page
