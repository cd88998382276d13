"""A rule that wants two different partners is not met by one of them twice."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from talk_steps import proposed
from tanxin.apps.duties import services as duties
from tanxin.apps.duties.models import Duty
from tanxin.apps.talks import services
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.refusals import PartnerNotMeant
from tanxin.apps.talks.selectors import duties_of

TWO = """\
pack: two-talks
title: {{zh: 每人两谈, en: Two talks each}}
version: 1
level: unit
valid: {{from: 2020-01-01}}
citations:
  c: {{document: 本单位规定, year: 2020, article: 第一条, issued: unit, clause: 每年两次。}}
rules:
  - id: two-talks
    title: {{zh: 每年同两人谈, en: Two talks a year}}
    who: {{branch: member}}
    whom: {{branch: member}}
    relation: branch
    time: {{at_least: 2, each: year}}
    count: {count}
    mutual: no
    kind: routine
    cites: c
"""


@pytest.fixture
def owed(world):
    """Ada owes two talks of the year; Fay and Gil are of her branch."""
    for key, name in (("fay", "费"), ("gil", "吉")):
        world.person(key, name)
        world.in_branch(key, "branch")

    def adopt(count):
        now = timezone.now()
        source = {"two-talks/pack.yaml": TWO.format(count=count)}
        duties.put_in_force(world.founder, source, start=date(2026, 1, 1), at=now)
        today = timezone.localdate()
        duties.derive_realm(world.founder, world.realm_id, today=today, at=now, reason="test")
        return Duty.objects.filter(initiator=world.ada, period=str(today.year)).order_by("ordinal")

    return adopt


def talk_with(world, other, minutes):
    now = timezone.now()
    talk = proposed(world, other=other)
    held_at = now - timedelta(minutes=minutes)
    return services.hold(world.actor("ada"), talk.pk, held_at=held_at, at=now)


def met(rows):
    return [duty.state for duty in rows.all()]


def test_the_second_talk_with_the_same_partner_meets_nothing(world, owed):
    rows = owed("partners")
    talk_with(world, "fay", 90)
    again = talk_with(world, "fay", 60)
    assert met(rows) == ["met", "open"]
    assert list(duties_of(again)) == []

    talk_with(world, "gil", 30)
    assert met(rows) == ["met", "met"]


def test_where_only_talks_are_counted_the_same_partner_counts_again(world, owed):
    rows = owed("initiator")
    talk_with(world, "fay", 90)
    talk_with(world, "fay", 60)

    assert met(rows) == ["met", "met"]


def test_a_duty_without_fixed_subject_is_named_only_for_whom_its_rule_means(world, owed):
    [first, _second] = owed("initiator")

    talk = proposed(world, other="fay", duty_ids=[first.pk])
    with pytest.raises(PartnerNotMeant):
        proposed(world, other="cleo", duty_ids=[first.pk])

    assert talk.initiator_id == world.ada
    assert duties_of(talk) == [first.pk]
    assert Talk.objects.count() == 1
