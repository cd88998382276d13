"""Destroying by two: what goes, what stays, who may not, and what stops it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from issue_builders import issue_in
from talk_steps import asked, confirmed, digest_of, events_about, recorded
from tanxin.apps.archive.access import RecordNotFound
from tanxin.apps.archive.models import Party, Record, RecordVersion
from tanxin.apps.archive.resealed import not_followed
from tanxin.apps.archive.services import open_texts
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.duties.deciding import DecidedAlready
from tanxin.apps.realms.selectors import suite_of
from tanxin.apps.retention import belonging, disposing, holding
from tanxin.apps.retention.models import Disposal, Listed
from tanxin.apps.retention.refusals import (
    HeldAlready,
    HoldNotFound,
    ListNotFound,
    MovedOn,
    NotDueAnyMore,
    NothingDue,
    NothingToKeep,
    RetentionForbidden,
)
from tanxin.apps.talks import services
from tanxin.apps.talks.models import Talk
from tanxin.core.access import Role
from tanxin.core.vault.suites import provider_for
from tanxin.core.vault.tree import digest_of as root_of

pytestmark = pytest.mark.django_db
WHY = "保管期满"


@pytest.fixture
def sol(world):
    world.person("sol", "孙立")
    world.account("sol")
    world.entrust("sol", Role.SUPERVISOR)
    return world.actor("sol")


@pytest.fixture
def dora(world):
    return world.actor("dora")


def later():
    """Eleven years on: what was said today is over since January."""
    now = timezone.now()
    on = timezone.localdate()
    return {"on": on.replace(year=on.year + 11, month=6, day=1), "at": now}


def draw(actor):
    return disposing.draw_list(actor, reason=WHY, **later())


def test_two_sign_and_nobody_reads_it_again_but_the_register_stays(world, dora, sol):
    talk = confirmed(world)
    digest = digest_of(talk)
    [row] = Record.objects.filter(about_id=talk.pk, kind="record")
    drawn = draw(dora)
    with pytest.raises(RetentionForbidden):
        disposing.sign_list(dora, drawn.pk, **later())

    done = disposing.sign_list(sol, drawn.pk, **later())

    assert done.verdict == "approved"
    row.refresh_from_db()
    assert (bytes(row.wrapped_key), row.erased_at) == (b"", later()["at"]) or row.erased_at
    assert not Party.objects.filter(record=row).exists()
    assert {bytes(one.sealed) for one in RecordVersion.objects.filter(record=row)} == {b""}
    with pytest.raises(NothingToKeep):
        holding.ask_hold(sol, talk.pk, reason="有申诉", at=timezone.now())
    assert not holding.held_talks(world.realm_id)
    for name in ("ada", "ben"):
        with pytest.raises(RecordNotFound):
            open_texts(world.actor(name), [row.pk], "initiator")
    assert digest_of(Talk.objects.get(pk=talk.pk)) == digest
    assert not_followed(world.realm_id) == []
    assert events_about(talk)[-1] == "talk.disposed"
    gone, receipt = disposing.certificate_of(done)
    assert receipt is not None
    assert receipt.digest == done.digest
    lines = [one.line() for one in gone]
    provider = provider_for(suite_of(world.realm_id))
    assert root_of(provider, lines) == (done.texts, done.digest)
    with pytest.raises(NothingDue):
        draw(dora)
    with pytest.raises(DecidedAlready):
        disposing.sign_list(sol, drawn.pk, **later())


def test_what_was_raised_and_what_was_asked_goes_with_the_talk(world, dora, sol):
    request = asked(world)
    issue = issue_in(world, "answered", talk=recorded(world))
    talk = Talk.objects.get(issues=issue)
    services.confirm_record(world.actor("ben"), talk.pk, digest=digest_of(talk), at=timezone.now())
    assert request.talk_id is None

    disposing.sign_list(sol, draw(dora).pk, **later())

    texts = Record.objects.filter(about_id__in=[talk.pk, issue])
    assert texts.exists()
    assert not texts.filter(erased_at=None).exists()
    assert Record.objects.get(about_id=request.pk).erased_at is None


def test_what_is_not_closed_or_not_over_stands_on_no_list(world, dora):
    issue_in(world, "assigned", talk=confirmed(world))
    recorded(world)
    with pytest.raises(NothingDue):
        draw(dora)
    confirmed(world)
    soon = timezone.localdate() + timedelta(days=800)
    assert disposing.talks_due(dora, on=soon) == []
    assert len(disposing.talks_due(dora, on=later()["on"])) == 1


def test_a_side_of_a_talk_destroys_nothing_of_it_nor_who_works_under_the_first(world, sol):
    confirmed(world)
    for name, role in (("ada", Role.ORGANISER), ("ben", Role.SUPERVISOR), ("emil", Role.ORGANISER)):
        world.entrust(name, role)
    assert disposing.talks_due(world.actor("ada"), on=later()["on"]) == []
    drawn = draw(world.actor("emil"))
    with pytest.raises(RetentionForbidden):
        disposing.sign_list(world.actor("ben"), drawn.pk, **later())
    assert disposing.lists_to_sign(world.actor("ben"), on=later()["on"]) == []
    for name in ("cleo",):
        with pytest.raises(ListNotFound):
            disposing.sign_list(world.actor(name), drawn.pk, **later())
    disposing.refuse_list(sol, drawn.pk, answer="先移交档案室", **later())
    assert not Record.objects.filter(erased_at__isnull=False).exists()
    assert disposing.list_words(drawn.__class__.objects.get())[1] == "先移交档案室"
    again = draw(world.actor("emil"))
    disposing.withdraw_list(world.actor("emil"), again.pk, at=timezone.now())
    with pytest.raises(DecidedAlready):
        disposing.sign_list(sol, again.pk, **later())


def test_a_hold_stops_a_list_at_once_and_is_lifted_by_two(world, dora, sol):
    talk = confirmed(world)
    drawn, when = draw(dora), later()
    held = holding.ask_hold(sol, talk.pk, reason="有申诉", at=when["at"])
    with pytest.raises(NotDueAnyMore):
        disposing.sign_list(sol, drawn.pk, **when)
    assert not Record.objects.filter(erased_at__isnull=False).exists()
    with pytest.raises(HeldAlready):
        holding.ask_hold(dora, talk.pk, reason="有申诉", at=when["at"])
    with pytest.raises(RetentionForbidden):
        holding.confirm_hold(sol, held.pk, **when)
    with pytest.raises(HoldNotFound):
        holding.confirm_hold(world.actor("ada"), held.pk, **when)
    holding.confirm_hold(dora, held.pk, **when)
    with pytest.raises(MovedOn):
        holding.lift_hold(dora, held.pk, **when)
    holding.ask_lift(dora, held.pk, reason="申诉已结", at=when["at"])
    with pytest.raises(RetentionForbidden):
        holding.lift_hold(dora, held.pk, **when)
    assert holding.hold_words(holding.hold_for(sol, held.pk)) == ("有申诉", "申诉已结")

    holding.lift_hold(sol, held.pk, **when)

    assert disposing.sign_list(sol, drawn.pk, **when).verdict == "approved"
    events = AuditLeaf.objects.filter(event__startswith="hold.").order_by("seq")
    assert [one.event for one in events] == [
        "hold.asked", "hold.confirmed", "hold.lift_asked", "hold.lifted",
    ]  # fmt: skip


def test_a_hold_that_is_refused_ends(world, dora, sol):
    talk = confirmed(world)
    held = holding.ask_hold(sol, talk.pk, reason="有申诉", at=timezone.now())
    assert disposing.talks_due(dora, on=later()["on"]) == []
    holding.refuse_hold(dora, held.pk, **later())
    assert len(disposing.talks_due(dora, on=later()["on"])) == 1


def test_who_led_a_talk_ends_no_hold_on_it(world, sol):
    world.entrust("ada", Role.ORGANISER)
    talk, ada = confirmed(world), world.actor("ada")
    held = holding.ask_hold(sol, talk.pk, reason="有申诉", at=timezone.now())

    for verb in (holding.refuse_hold, holding.confirm_hold):
        with pytest.raises(RetentionForbidden):
            verb(ada, held.pk, **later())
    assert holding.held_talks(world.realm_id) == {talk.pk}
    page = world.client("ada").get(f"/retention/holds/{held.pk}/")
    assert page.status_code == 200
    assert "/refuse/" not in page.content.decode()


def test_a_talk_on_two_lists_is_destroyed_once(world, dora, sol):
    talk = confirmed(world)
    drawn = draw(dora)
    first, copy = drawn.pk, Disposal.objects.get()
    copy.pk = copy.id = uuid4()
    copy.save(force_insert=True)
    one = Listed.objects.get(disposal=first)
    one.pk, one.disposal_id = uuid4(), copy.pk
    one.save(force_insert=True)
    disposing.sign_list(sol, first, **later())

    with pytest.raises(NotDueAnyMore):
        disposing.sign_list(sol, copy.pk, **later())
    assert belonging.disposed_at(talk)
