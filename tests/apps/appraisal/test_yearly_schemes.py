"""What counts is declared by two people, before the year it counts for is over."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from appraisal_steps import LAST, THIS, declared
from tanxin.apps.appraisal import services
from tanxin.apps.appraisal.access import SchemeForbidden, SchemeNotFound, visible_schemes
from tanxin.apps.appraisal.models import SchemeVersion
from tanxin.apps.appraisal.refusals import SchemeHasFaults, SchemeMoved, YearIsPast
from tanxin.apps.appraisal.services.drafting import scheme_in_force, why_returned
from tanxin.apps.audit.selectors import leaves_for
from tanxin.core.access import Role
from tanxin.core.appraisal import DEFAULT, Fault, Indicator


@pytest.fixture
def draft(staffed):
    return services.begin_scheme(staffed.actor("dora"), first_year=THIS, at=timezone.now())


def when() -> dict:
    return {"on": timezone.localdate(), "at": timezone.now()}


def test_one_writes_and_another_puts_in_force(staffed, draft):
    services.propose_scheme(staffed.actor("dora"), draft.pk, **when())
    row = services.publish_scheme(staffed.actor("sol"), draft.pk, **when())

    assert (row.state, row.written_by_id, row.decided_by_id) == (
        "published", staffed.dora, staffed.people["sol"],
    )  # fmt: skip
    assert scheme_in_force(staffed.realm_id, THIS) == row
    assert scheme_in_force(staffed.realm_id, LAST) is None
    events = [leaf.event for leaf in leaves_for(row.realm_id, row.pk)]
    assert events == ["scheme.written", "scheme.proposed", "scheme.published"]


def test_nobody_puts_in_force_what_he_wrote(staffed, draft):
    services.propose_scheme(staffed.actor("dora"), draft.pk, **when())

    with pytest.raises(SchemeForbidden):
        services.publish_scheme(staffed.actor("dora"), draft.pk, **when())
    with pytest.raises(IntegrityError), transaction.atomic():
        SchemeVersion.objects.filter(pk=draft.pk).update(
            state="published", decided_by=staffed.dora, decided_at=timezone.now()
        )


def test_nobody_puts_in_force_what_his_leader_wrote(staffed):
    staffed.entrust("emil", Role.ORGANISER)
    staffed.entrust("ben", Role.SUPERVISOR)
    row = services.begin_scheme(staffed.actor("emil"), first_year=THIS, at=timezone.now())
    services.propose_scheme(staffed.actor("emil"), row.pk, **when())

    with pytest.raises(SchemeForbidden):
        services.publish_scheme(staffed.actor("ben"), row.pk, **when())


def test_a_scheme_whose_process_outweighs_its_results_is_refused(staffed, draft):
    heavy = replace(
        DEFAULT,
        weights={Indicator.CONFIRMED: 60, Indicator.CLOSURE: 20, Indicator.VIEW: 20},
    )
    dora = staffed.actor("dora")
    services.save_scheme(dora, draft.pk, heavy, first_year=THIS, **when())

    with pytest.raises(SchemeHasFaults) as case:
        services.propose_scheme(dora, draft.pk, **when())
    assert case.value.faults == [Fault.PROCESS_ABOVE_RESULT]
    draft.refresh_from_db()
    assert draft.state == "writing"


def test_what_counts_is_not_declared_afterwards(staffed):
    row = services.begin_scheme(staffed.actor("dora"), first_year=LAST, at=timezone.now())

    with pytest.raises(YearIsPast):
        services.propose_scheme(staffed.actor("dora"), row.pk, **when())


def test_given_back_it_says_why_and_can_be_proposed_again(staffed, draft):
    services.propose_scheme(staffed.actor("dora"), draft.pk, **when())
    row = services.return_scheme(staffed.actor("sol"), draft.pk, reason="权重再议", **when())

    assert (row.state, why_returned(row)) == ("writing", "权重再议")
    services.propose_scheme(staffed.actor("dora"), draft.pk, **when())
    with pytest.raises(SchemeMoved):
        services.drop_scheme(staffed.actor("dora"), draft.pk, **when())


def test_drafts_are_for_those_who_draft_or_decide_and_what_is_in_force_for_all(staffed, draft):
    assert list(visible_schemes(staffed.actor("cleo"))) == []
    with pytest.raises(SchemeNotFound):
        services.propose_scheme(staffed.actor("cleo"), draft.pk, **when())
    with pytest.raises(SchemeForbidden):
        services.begin_scheme(staffed.actor("cleo"), first_year=THIS, at=timezone.now())

    published = declared(staffed, since=THIS)
    assert list(visible_schemes(staffed.actor("cleo"))) == [published]


def test_the_later_of_two_for_a_year_holds(staffed):
    first = declared(staffed)
    second = declared(staffed, replace(DEFAULT, fewest=6), since=THIS)

    assert scheme_in_force(staffed.realm_id, LAST) == first
    assert scheme_in_force(staffed.realm_id, THIS) == second
    assert second.decided_at - first.decided_at > timedelta(days=300)
