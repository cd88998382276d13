"""What a year comes to for a unit; frozen it stays, and an appeal adds to it."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from appraisal_steps import (
    LAST,
    THIS,
    WHY,
    a_year,
    declared,
    frozen,
    issues,
    moment,
    requests,
    result_of,
)
from talk_steps import duty_of
from tanxin.apps.appraisal import services
from tanxin.apps.appraisal.access import (
    AppealForbidden,
    ResultForbidden,
    ResultNotFound,
    result_for,
    visible_results,
)
from tanxin.apps.appraisal.models import Addition, Appeal, Statement, Taken, UnitResult, YearTaken
from tanxin.apps.appraisal.reading.result import detail_of, what_it_rests_on
from tanxin.apps.appraisal.refusals import (
    AppealIsOver,
    AppealWaits,
    NoScheme,
    NotFrozenYet,
    NothingChanged,
    WordsMissing,
    YearIsFrozen,
    YearNotOver,
)
from tanxin.apps.appraisal.services.freezing import look_at_year, look_at_years
from tanxin.apps.audit.selectors import leaves_for
from tanxin.apps.duties.models import Duty
from tanxin.apps.issues.models import Issue
from tanxin.apps.org.services.recusing import recuse_from_person
from tanxin.apps.talks.models import Request
from tanxin.core.access import Permission, Role
from tanxin.core.appraisal import Indicator, is_unchanged, judged_again

END = {"until": timezone.localdate().replace(year=LAST, month=12, day=31)}


def when() -> dict:
    return {"on": timezone.localdate(), "at": timezone.now()}


@pytest.fixture
def year(staffed):
    declared(staffed)
    a_year(staffed)
    return staffed


@pytest.fixture
def ours(year):
    """Ben's department, frozen."""
    frozen(year)
    return result_of(year)


def lines(row: UnitResult) -> dict:
    found = judged_again(row.document.encode()).result
    return {line.indicator: line for line in (*found.thresholds, *found.lines)}


def test_a_unit_has_what_those_who_lead_in_it_came_to(year, ours):
    found = lines(ours)

    assert (ours.standing, ours.answers_id) == ("given", year.ben)
    assert {key: found[key].count for key in (Indicator.CLOSURE, Indicator.REQUESTS)} == {
        Indicator.CLOSURE: 7, Indicator.REQUESTS: 6,
    }  # fmt: skip
    assert found[Indicator.VIEW].count == 8
    # (6 + 10 · 7/9) / 17, (5 + 10 · 5/6) / 16 and (5 + 10 · 5/8) / 18
    assert found[Indicator.CLOSURE].tenths == 810
    assert found[Indicator.REQUESTS].tenths == 833
    assert found[Indicator.VIEW].tenths == 625
    assert found[Indicator.EFFECT].tenths is None


def test_where_little_happened_that_is_said(year, ours):
    assert result_of(year, "commission").standing == "too_little"
    assert not UnitResult.objects.filter(unit=year.units["centre"]).exists()


def test_what_was_due_and_not_held_keeps_a_result_from_being_given(year):
    for number in range(5):
        duty = duty_of(year, "ben", "cleo", opens=END["until"], due=END["until"])
        if number < 3:
            Duty.objects.filter(pk=duty.pk).update(state="met", met_on=END["until"])
    frozen(year)

    assert result_of(year).standing == "below"
    assert not lines(result_of(year))[Indicator.COVERAGE].reached


def test_the_same_matter_of_the_same_person_has_come_again(year):
    issues(year, 1, solved=0, month=6)
    look_at_year(year.realm_id, LAST, at=timezone.now(), **END)

    evidence = judged_again(result_of(year).document.encode()).evidence[Indicator.RECURRENCE]
    assert evidence.count == 6
    assert sum(half == 0 for _, half in evidence.rows) == 1


def test_what_helped_what_was_reopened_and_what_cannot_be_solved_now(year):
    solved = list(Issue.objects.filter(realm=year.realm_id, state="answered", led_by=year.ben))
    for row, effect in zip(solved, ("solved", "partly", "not", "solved", "solved"), strict=False):
        Issue.objects.filter(pk=row.pk).update(effect=effect, effect_on=moment(6).date())
    Issue.objects.filter(pk=solved[5].pk).update(
        state="reopened", times_reopened=1, answered_at=None, waiting_for=year.ben
    )
    waits = Issue.objects.get(realm=year.realm_id, state="raised", led_by=year.ben)
    Issue.objects.filter(pk=waits.pk).update(
        state="explained", answered_at=moment(6), waiting_for=None
    )
    look_at_year(year.realm_id, LAST, at=timezone.now(), **END)

    found = judged_again(result_of(year).document.encode()).evidence
    assert (found[Indicator.EFFECT].count, found[Indicator.EFFECT].halves) == (5, 7)
    assert dict(found[Indicator.RECURRENCE].rows)[str(solved[5].pk)] == 0
    assert dict(found[Indicator.CLOSURE].rows)[str(waits.pk)] == 0
    assert dict(found[Indicator.REPLIED].rows)[str(waits.pk)] == 2
    assert (found[Indicator.CLOSURE].halves, found[Indicator.REPLIED].halves) == (10, 12)


def test_a_year_is_looked_at_anew_until_it_is_frozen_and_its_address_stays(year):
    look_at_years(year.realm_id, today=timezone.localdate(), at=timezone.now())
    first = result_of(year)
    requests(year, 3, late=3)
    look_at_years(year.realm_id, today=timezone.localdate(), at=timezone.now())
    second = result_of(year)

    assert first.pk == second.pk
    assert second.tenths < first.tenths
    frozen(year)
    Issue.objects.filter(realm=year.realm_id).update(
        answered_at=None, state="raised", waiting_for=year.ben
    )
    look_at_years(year.realm_id, today=timezone.localdate(), at=timezone.now())
    assert bytes(result_of(year).digest) == bytes(second.digest)


def test_a_frozen_year_computed_again_gives_the_same_bytes(year, ours):
    taken = YearTaken.objects.get(year=LAST)

    assert (taken.state, taken.method, taken.frozen_by_id) == ("frozen", "1", year.dora)
    for row in UnitResult.objects.filter(taken=taken):
        assert is_unchanged(row.document.encode(), bytes(row.digest))
    assert detail_of(year.actor("dora"), ours.pk, on=timezone.localdate()).same_again
    assert [leaf.event for leaf in leaves_for(year.realm_id, taken.pk)] == ["result.frozen"]


def test_only_an_organiser_freezes_a_year_that_is_over_and_only_once(year):
    today, at = timezone.localdate(), timezone.now()
    with pytest.raises(ResultForbidden):
        services.freeze_year(year.actor("sol"), LAST, today=today, at=at)
    with pytest.raises(YearNotOver):
        services.freeze_year(year.actor("dora"), THIS, today=today, at=at)
    with pytest.raises(NoScheme):
        services.freeze_year(year.actor("dora"), LAST - 1, today=today, at=at)
    frozen(year)
    with pytest.raises(YearIsFrozen):
        frozen(year)


def test_who_may_see_a_result(year, ours):
    today = timezone.localdate()
    seen = {
        name: set(visible_results(year.actor(name), on=today).values_list("unit", flat=True))
        for name in ("dora", "sol", "ada", "emil", "ben", "cleo")
    }
    both = {year.units["planning"], year.units["commission"]}

    assert seen["dora"] == seen["sol"] == seen["ada"] == both
    assert seen["emil"] == seen["ben"] == {year.units["planning"]}
    assert seen["cleo"] == set()
    with pytest.raises(ResultNotFound):
        result_for(year.actor("cleo"), ours.pk, Permission.RESULT_VIEW, on=today)


def test_evidence_opens_as_far_as_the_reader_may_look(year, ours):
    today = timezone.localdate()

    def seen(name):
        found = what_it_rests_on(year.actor(name), ours.pk, Indicator.CLOSURE, on=today)
        return len(found.pieces)

    assert (seen("ben"), seen("sol"), seen("dora")) == (7, 7, 0)
    recuse_from_person(
        year.actor("cleo"), year.people["sol"], year.cleo, because="dispute", at=timezone.now()
    )
    assert (seen("ben"), seen("sol")) == (7, 0)


def test_what_was_said_in_private_is_a_sum_and_what_is_too_little_is_not_there(year):
    frozen(year)
    found = what_it_rests_on(
        year.actor("ben"), result_of(year).pk, Indicator.VIEW, on=timezone.localdate()
    )

    assert (found.pieces, found.sums) == ([], (4, 2, 2))


def test_requests_stand_by_month_and_fewer_than_five_as_sums_nothing_that_is_kept(year, ours):
    today = timezone.localdate()

    def seen(name):
        found = what_it_rests_on(year.actor(name), ours.pk, Indicator.REQUESTS, on=today)
        return [one.answer_in for one in found.pieces], found.sums

    assert seen("dora") == ([moment(5, 1).date()] * 6, (0, 0, 0))
    cleo, at = year.actor("cleo"), timezone.now()
    recuse_from_person(cleo, year.people["sol"], year.cleo, because="dispute", at=at)
    assert seen("sol") == ([], (0, 0, 0))
    late = Request.objects.filter(answered_at__date__gt=F("answer_by")).values("pk")
    Request.objects.exclude(pk__in=late)[0].delete()
    Request.objects.exclude(pk__in=late)[0].delete()
    assert seen("dora") == ([], (3, 0, 1))


def test_who_leads_the_unit_says_something_to_it_and_it_is_sealed(year, ours):
    services.state_view(year.actor("ben"), ours.pk, text="两件事客观上办不了", **when())

    row = Statement.objects.get()
    assert "办不了".encode() not in bytes(row.text_sealed)
    said = detail_of(year.actor("sol"), ours.pk, on=timezone.localdate()).said
    assert [one.text for one in said] == ["两件事客观上办不了"]
    with pytest.raises(ResultForbidden):
        services.state_view(year.actor("ada"), ours.pk, text="我来说", **when())
    with pytest.raises(WordsMissing):
        services.state_view(year.actor("ben"), ours.pk, text=" ", **when())


@pytest.fixture
def appeal(year, ours):
    return services.appeal_against(year.actor("ben"), ours.pk, reason="有一件不属我处", **when())


def unsolved(row: UnitResult) -> str:
    evidence = judged_again(row.document.encode()).evidence[Indicator.CLOSURE]
    return next(ref for ref, half in evidence.rows if not half)


def test_an_appeal_is_granted_by_another_and_the_frozen_result_stays(year, ours, appeal):
    added = services.grant_appeal(
        year.actor("sally"), appeal.pk, {unsolved(ours): "out"},
        answer="核实后不计", **when(),
    )  # fmt: skip

    kept = result_of(year)
    assert (kept.tenths, bytes(kept.digest)) == (ours.tenths, bytes(ours.digest))
    assert added.tenths > kept.tenths
    assert is_unchanged(added.document.encode(), bytes(added.digest))
    found = detail_of(year.actor("ben"), ours.pk, on=timezone.localdate())
    assert (found.result.tenths, found.first.tenths) == (added.tenths, kept.tenths)
    assert found.appeals[0].answer == "核实后不计"


@pytest.mark.parametrize("who", ["dora", "ben", "emil"])
def test_nobody_with_a_hand_in_it_decides(year, appeal, who):
    for name in ("dora", "ben", "emil"):
        year.roles[name] = frozenset({Role.SUPERVISOR})
    # Dora froze it, Ben appeals; Emil, who leads Ben, is free.
    if who == "emil":
        services.refuse_appeal(year.actor(who), appeal.pk, answer="不予支持", **when())
        assert Appeal.objects.get().verdict == "refused"
        return
    with pytest.raises(AppealForbidden):
        services.refuse_appeal(year.actor(who), appeal.pk, answer="不予支持", **when())


def test_who_leads_the_unit_by_now_does_not_decide_what_the_one_before_appealed(year, ours):
    UnitResult.objects.filter(pk=ours.pk).update(answers=year.cleo)
    appeal = services.appeal_against(year.actor("cleo"), ours.pk, reason=WHY, **when())
    year.roles["ben"] = frozenset({Role.SUPERVISOR})

    with pytest.raises(AppealForbidden):
        services.refuse_appeal(year.actor("ben"), appeal.pk, answer="不予支持", **when())


def test_the_database_refuses_a_decision_of_the_one_who_froze_it(year, appeal):
    for person in (year.dora, year.ben):
        with pytest.raises(IntegrityError), transaction.atomic():
            Appeal.objects.filter(pk=appeal.pk).update(verdict="refused", decided_by=person)


def test_an_appeal_changes_only_evidence_of_that_unit_and_says_why(year, ours, appeal):
    sally, other = year.actor("sally"), judged_again(
        result_of(year, "commission").document.encode()
    ).evidence[Indicator.CLOSURE].rows[0][0]  # fmt: skip

    with pytest.raises(NothingChanged):
        services.grant_appeal(sally, appeal.pk, {other: "met"}, answer="可以", **when())
    with pytest.raises(WordsMissing):
        services.grant_appeal(sally, appeal.pk, {unsolved(ours): "met"}, answer="", **when())
    assert not Addition.objects.exists()
    assert Appeal.objects.get().verdict == ""


def test_one_appeal_waits_at_a_time_and_may_be_taken_back(year, ours, appeal):
    with pytest.raises(AppealWaits):
        services.appeal_against(year.actor("ben"), ours.pk, reason="再说一次", **when())
    with pytest.raises(AppealForbidden):
        services.withdraw_appeal(year.actor("ada"), appeal.pk, **when())
    services.withdraw_appeal(year.actor("ben"), appeal.pk, **when())
    with pytest.raises(AppealIsOver):
        services.refuse_appeal(year.actor("sally"), appeal.pk, answer="晚了", **when())


def test_an_open_year_is_neither_answered_nor_appealed_against(year):
    look_at_year(year.realm_id, LAST, at=timezone.now(), **END)
    row, ben = result_of(year), year.actor("ben")

    with pytest.raises(NotFrozenYet):
        services.state_view(ben, row.pk, text="先说一句", **when())
    with pytest.raises(NotFrozenYet):
        services.appeal_against(ben, row.pk, reason="先说一句", **when())


def test_taking_the_table_away_needs_a_reason_and_is_logged(year, ours):
    taken = services.take_away(year.actor("sol"), LAST, form="xlsx", reason=WHY, **when())

    row = Taken.objects.get()
    assert (row.by_id, row.form) == (year.people["sol"], "xlsx")
    assert WHY.encode() not in bytes(row.reason_sealed)
    assert [leaf.event for leaf in leaves_for(year.realm_id, taken.pk)][-1] == "result.taken"
    with pytest.raises(WordsMissing):
        services.take_away(year.actor("sol"), LAST, form="xlsx", reason=" ", **when())
    with pytest.raises(ResultForbidden):
        services.take_away(year.actor("ben"), LAST, form="xlsx", reason=WHY, **when())
    with pytest.raises(ResultNotFound):
        services.take_away(year.actor("cleo"), LAST, form="xlsx", reason=WHY, **when())
    assert Taken.objects.count() == 1
