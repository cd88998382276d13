"""A case names nobody, is written by one and published by another."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from talk_steps import events_about
from tanxin.apps.learning.access import CaseForbidden, CaseNotFound, case_for, visible_cases
from tanxin.apps.learning.cases import (
    CaseEmpty,
    CaseMoved,
    LeadsBack,
    publish_case,
    told,
    withdraw_case,
    write_case,
)
from tanxin.apps.learning.models import Case
from tanxin.core.access import Role

TEXT = "对方不愿开口时，先说自己的难处，再静静地听。"


@pytest.fixture
def world(world):
    world.entrust("emil", Role.SUPERVISOR)
    return world


def written(world, by="dora", text=TEXT, **more):
    more = {"kind": "care", "title": "先听后说", "at": timezone.now()} | more
    return write_case(world.actor(by), text=text, **more)


def seen(world, who):
    return list(visible_cases(world.actor(who)))


def test_it_is_kept_sealed_and_read_by_all_once_a_second_person_published_it(world):
    case = written(world)

    assert TEXT.encode() not in bytes(case.text_sealed)
    assert seen(world, "cleo") == []
    assert seen(world, "dora") == seen(world, "emil") == [case]

    publish_case(world.actor("emil"), case.pk, at=timezone.now())

    assert seen(world, "cleo") == [case]
    assert told(world.realm_id, [case])[case.pk].text == TEXT
    assert events_about(case) == ["case.written", "case.published"]


def test_nobody_publishes_his_own(world):
    case = written(world)

    with pytest.raises(CaseForbidden):
        publish_case(world.actor("dora"), case.pk, at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.update(published_by=world.dora, published_at=timezone.now())
    with pytest.raises(CaseNotFound):
        publish_case(world.actor("cleo"), case.pk, at=timezone.now())


@pytest.mark.parametrize("word", ["安雅", "规划处", "13800000001"])
def test_words_that_lead_to_somebody_are_shown_before_anything_is_kept(world, word):
    with pytest.raises(LeadsBack) as found:
        written(world, text=f"{TEXT}{word}")

    assert word in found.value.words
    assert not Case.objects.exists()


def test_who_has_looked_keeps_what_only_looks_like_a_name_but_no_number(world):
    assert written(world, text=f"{TEXT}规划处", sure=True)
    with pytest.raises(LeadsBack):
        written(world, text=f"{TEXT}13800000001", sure=True)


def test_withdrawn_nobody_finds_it_and_nothing_more_happens_to_it(world):
    case = written(world)
    publish_case(world.actor("emil"), case.pk, at=timezone.now())
    with pytest.raises(CaseMoved):
        publish_case(world.actor("emil"), case.pk, at=timezone.now())
    with pytest.raises(CaseForbidden):
        withdraw_case(world.actor("cleo"), case.pk, at=timezone.now())

    withdraw_case(world.actor("dora"), case.pk, at=timezone.now())

    with pytest.raises(CaseNotFound):
        case_for(world.actor("cleo"), case.pk)
    assert seen(world, "emil") == []


def test_only_organisers_and_supervisors_write_and_not_nothing(world):
    with pytest.raises(CaseForbidden):
        written(world, by="ada")
    with pytest.raises(CaseEmpty):
        written(world, title="　")
