"""What waits about texts that leave a talk stands on the page of what to do, and names nobody."""

import pytest
from django.urls import reverse

from tanxin.core.access import Role
from telling_rows import common_of, common_to_plan, handed_lead, lead_of, reply_of
from telling_steps import crowd, released, written
from world import NAMES

HOME = reverse("home:home")


@pytest.fixture
def everything(world):
    world.person("sol", "孙立")
    world.account("sol")
    world.entrust("sol", Role.SUPERVISOR)
    crowd(world, 8)
    return {
        "feedback:feedback": {"dora": written(world).pk, "cleo": released(world).pk},
        "feedback:reply": {"sol": reply_of(world).pk},
        "common:common": {"dora": common_of(world).pk, "emil": common_to_plan(world, "emil").pk},
        "leads:lead": {"sol": lead_of(world).pk, "cleo": handed_lead(world).pk},
    }


def test_each_finds_what_waits_for_him_and_nobody_else_does(world, everything):
    pages = {
        name: world.client(name).get(HOME).content.decode()
        for name in ("ada", "ben", "cleo", "dora", "emil", "sol")
    }
    for address, rows in everything.items():
        for whose, row in rows.items():
            url = reverse(address, args=[row])
            assert [name for name, text in pages.items() if url in text] == [whose], (
                address,
                whose,
            )

    assert NAMES["ada"] not in pages["cleo"]
    assert NAMES["ada"] not in pages["dora"]
