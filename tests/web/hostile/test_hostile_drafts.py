"""What attackers found in drafts of rules: trying one tells nobody more than the lists of duties."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from tanxin.apps.duties import services
from tanxin.apps.duties.drafting import writing
from tanxin.apps.duties.drafting.trying import try_draft
from tanxin.apps.org.trust import Recusal
from tanxin.core.access import Role
from tanxin.packs import DEMO_COMMISSION, NATIONAL, THREE_MUSTS, shipped_sources

TODAY = timezone.localdate()
NOW = timezone.now()
CARE = "demo-commission/care-in-hardship"
NOT_COUNTED = "因敏感事件产生的应谈不在此计数"
PAGES = ("draft_try", "draft_try_duties", "draft_try_sides")


@pytest.fixture
def draft(world):
    names = (NATIONAL, THREE_MUSTS)
    services.put_shipped_in_force(world.founder, names, start=date(2026, 1, 1), at=NOW)
    (source,) = shipped_sources(DEMO_COMMISSION).values()
    return writing.begin_draft(world.actor("dora"), source, at=NOW)


@pytest.fixture
def supervisor(world, client_of):
    world.entrust("cleo", Role.SUPERVISOR)
    return client_of("cleo")


@pytest.fixture
def tried(draft):
    def try_as(client, name="draft_try_duties", **query):
        asked = {"start": TODAY.isoformat(), "count": "1", **query}
        answer = client.get(reverse(f"rules:{name}", args=[draft.pk]), asked)
        assert answer.status_code == 200
        return answer.context, answer.content.decode()

    return try_as


def keep_from(world, excluded, person):
    Recusal.objects.create(
        realm_id=world.realm_id,
        excluded_id=world.people[excluded],
        about_kind="person",
        about_id=world.people[person],
        because="wish",
        set_by_id=world.people[person],
        set_at=NOW,
    )


def test_no_number_of_a_tried_draft_tells_a_supervisor_of_an_illness(
    world, client_of, draft, supervisor, tried
):
    before = [tried(supervisor, page)[1] for page in PAGES]
    world.event("illness", TODAY, person="ada", sensitive=True)
    later = writing.begin_draft(world.actor("dora"), draft.text + "\n", at=NOW)
    draft.pk = later.pk  # Counted anew, not from a moment ago.

    context, html = tried(supervisor, rule=CARE, person=world.ada)
    _, told = tried(client_of("dora"), rule=CARE, person=world.ada)
    rows = tried(supervisor, "draft_try")[0]["rules"]

    assert (context["total"], context["lines"]) == (0, [])
    assert NOT_COUNTED in html
    assert NOT_COUNTED not in told
    assert "1 项" in told
    assert CARE not in [row.key for row in rows]
    assert all(NOT_COUNTED in page for page in before)


def test_trying_a_draft_names_nobody_from_whom_the_clerk_is_kept(world, client_of, tried, draft):
    clerk = client_of("dora")
    seen, _ = tried(clerk, person=world.ben)
    units = tried(clerk, "draft_try_sides", by="unit")[0]["rows"]
    keep_from(world, "dora", "ben")

    context, html = tried(clerk, person=world.ben)
    people = tried(clerk, "draft_try_sides", by="person")[0]["rows"]
    counted = tried(clerk, "draft_try_sides", by="unit")[0]["rows"]
    whole = try_draft(world.actor("dora"), draft, start=TODAY, today=TODAY)

    assert seen["total"] > 0
    assert context["total"] == 0
    assert "本明" not in html.split('id="main"')[1]
    assert world.ben not in [row.key for row in people]
    assert sum_of(counted) < sum_of(units)
    assert not [each for each in whole.changes if world.ben in (each.initiator, each.subject)]


def sum_of(rows):
    return sum(count for row in rows for _, count, _ in row.counts)
