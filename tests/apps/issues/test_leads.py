"""Something goes to another body: in few words, by two people, and nobody else finds it."""

from uuid import uuid4

import pytest
from django.utils import timezone

from tanxin.apps.archive.access import RecordNotFound
from tanxin.apps.archive.services import open_texts, search_texts
from tanxin.apps.audit.models import AuditDetail, AuditLeaf
from tanxin.apps.issues.access import IssueForbidden
from tanxin.apps.issues.feedback.writing import Statement
from tanxin.apps.issues.leads import handing
from tanxin.apps.issues.leads.access import (
    LeadForbidden,
    LeadNotFound,
    lead_for,
    leads_to_approve,
    leads_to_follow,
    visible_leads,
)
from tanxin.apps.issues.leads.models import Lead
from tanxin.apps.issues.untellable import (
    NobodyToAnswer,
    NobodyToReview,
    StillMarked,
    TooMuchSaid,
)
from tanxin.core.access import Permission, Role
from tanxin.core.lifecycle import IllegalMove
from tanxin.core.passing_on import LeadMove
from telling_steps import SAID, crowd, raised

MATTER = "食堂采购可能存在以次充好，供货合同可向总务了解。"


@pytest.fixture
def sol(world):
    world.person("sol", "孙立")
    world.account("sol")
    world.entrust("sol", Role.SUPERVISOR)
    world.person("otto", "奥托")
    world.account("otto")
    world.entrust("otto", Role.AUDITOR)
    crowd(world, 1)
    return world.people["sol"]


def asked(world, *, text=MATTER, by="ada", **more):
    given = {
        "body": world.units["office"], "approver": world.people["sol"], "is_about_source": False,
        "at": timezone.now(), "form": uuid4(),
    } | more  # fmt: skip
    issue = given.pop("issue", None) or raised(world)
    return handing.ask_lead(world.actor(by), issue, Statement(text), **given)


def handed(world):
    row = asked(world)
    return handing.approve_lead(world.actor("sol"), row.pk, at=timezone.now())


def test_approved_it_is_read_by_the_body_and_its_state_comes_back(world, sol):
    row = asked(world)
    assert list(leads_to_approve(world.actor("sol"))) == [row]
    with pytest.raises(LeadNotFound):
        lead_for(world.actor("cleo"), row.pk, Permission.LEAD_VIEW)

    row = handing.approve_lead(world.actor("sol"), row.pk, at=timezone.now())
    assert open_texts(world.actor("cleo"), [row.handed_id], "t")[row.handed_id] == MATTER
    assert list(leads_to_follow(world.actor("cleo"))) == [row]
    for by, state in ((LeadMove.RECEIVE, "received"), (LeadMove.TAKE_UP, "taken_up")):
        assert (
            handing.follow_lead(world.actor("cleo"), row.pk, by, at=timezone.now()).state == state
        )
    with pytest.raises(IllegalMove):
        handing.follow_lead(world.actor("cleo"), row.pk, LeadMove.RECEIVE, at=timezone.now())
    with pytest.raises(LeadForbidden):
        handing.follow_lead(world.actor("ada"), row.pk, LeadMove.CLOSE, at=timezone.now())


@pytest.mark.parametrize("name", ["ben", "emil", "dora"])
def test_nobody_else_finds_it_not_even_a_number(world, sol, name):
    row = handed(world)
    actor = world.actor(name)

    assert visible_leads(actor).count() == 0
    assert search_texts(actor, ["以次充好"]) == []
    with pytest.raises(LeadNotFound):
        lead_for(actor, row.pk, Permission.LEAD_VIEW)


def test_the_auditor_sees_that_there_is_one_and_no_word_of_it(world, sol):
    row = handed(world)
    otto = world.actor("otto")

    assert list(visible_leads(otto)) == [row]
    with pytest.raises(RecordNotFound):
        open_texts(otto, [row.handed_id], "t")
    with pytest.raises(LeadForbidden):
        handing.approve_lead(otto, row.pk, at=timezone.now())


def test_neither_row_nor_log_leads_to_the_talk(world, sol):
    issue = raised(world)
    row = asked(world, issue=issue)
    columns = {field.name for field in Lead._meta.fields}
    details = AuditDetail.objects.filter(leaf__in=AuditLeaf.objects.filter(subject_id=row.pk))

    assert not columns & {"issue", "talk", "subject"}
    assert str(issue) not in str(list(details.values()))


def test_the_source_is_named_only_where_it_is_about_him_and_never_quoted(world, sol):
    with pytest.raises(StillMarked):
        asked(world, text="本明称采购有问题。")
    with pytest.raises(StillMarked):
        asked(world, text=SAID[4:30], is_about_source=True)
    assert asked(world, text="涉及本明本人，请了解。", is_about_source=True)


def test_it_is_short_and_approved_by_who_has_nothing_to_do_with_it(world, sol):
    with pytest.raises(TooMuchSaid):
        asked(world, text="一" * 501)
    with pytest.raises(NobodyToReview):
        asked(world, approver=world.dora)
    with pytest.raises(NobodyToAnswer):
        asked(world, body=world.units["planning"])
    with pytest.raises(IssueForbidden):
        asked(world, by="ben")


def test_not_approved_it_does_not_leave_and_the_author_reads_why(world, sol):
    row, now = asked(world), timezone.now()
    row = handing.refuse_lead(world.actor("sol"), row.pk, reason="应由总务先查。", at=now)

    assert open_texts(world.actor("ada"), [row.reason_id], "t")[row.reason_id] == "应由总务先查。"
    with pytest.raises(IllegalMove):
        handing.approve_lead(world.actor("sol"), row.pk, at=now)
    assert not visible_leads(world.actor("cleo")).exists()
