"""The log of changes: what it takes, what it refuses, what it notices."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tanxin.apps.audit import services
from tanxin.apps.audit.events import EVENTS, UnknownEvent
from tanxin.apps.audit.models import AuditDetail, AuditLeaf, LogHead, LogOnlyGrows
from tanxin.apps.audit.moments import MomentNotNow
from tanxin.apps.audit.selectors import leaves_for, verify_chain
from tanxin.apps.audit.services import Entry, RecordOutsideTransaction
from tanxin.apps.realms.models import Realm
from tanxin.core.access import Actor
from tanxin.core.vault.canonical import NotCanonical
from tanxin.core.vault.suites import provider_for
from tanxin.core.vault.tree import digest_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def realm():
    return Realm.objects.create(name="委员会")


@pytest.fixture
def ada(realm):
    return Actor(realm_id=realm.pk, person_id=uuid4(), account_id=uuid4())


@pytest.fixture
def write(realm, ada):
    """Write a leaf in a transaction of its own."""

    def write(event="talk.held", **changes):
        given = {
            "realm_id": realm.pk,
            "actor": ada,
            "subject_kind": "talk",
            "subject_id": uuid4(),
            "detail": {"step": 1},
            "at": timezone.now(),
        } | changes
        with transaction.atomic():
            return services.record(event, **given)

    return write


def altered(model, **changes):
    """Change rows behind the log's back."""
    filters = changes.pop("where", {})
    super(type(model.objects.all()), model.objects.filter(**filters)).update(**changes)


def test_a_leaf_says_who_did_what_to_what_and_when(write, realm, ada):
    talk, at = uuid4(), timezone.now()
    leaf = write(subject_id=talk, at=at, detail={"how": ["phone", 2, None]})

    (line,) = leaves_for(realm.pk, talk)
    assert (line.seq, line.at, line.event) == (0, at, "talk.held")
    assert (line.account_id, line.person_id) == (ada.account_id, ada.person_id)
    assert line.detail == {"how": ["phone", 2, None]}
    assert leaf.pk == AuditLeaf.objects.get().pk
    assert leaves_for(uuid4(), talk) == []


def test_the_system_may_act_too(write, realm):
    subject = uuid4()
    write(actor=None, subject_id=subject, detail=None)
    (line,) = leaves_for(realm.pk, subject)
    assert (line.account_id, line.person_id, line.detail) == (None, None, {})
    assert not AuditDetail.objects.exists()


def test_leaves_are_one_chain_per_realm(write, realm):
    other = Realm.objects.create(name="另一委员会")
    for _ in range(3):
        write()
    write(realm_id=other.pk)

    rows = AuditLeaf.objects.filter(realm=realm.pk).order_by("seq")
    assert [row.seq for row in rows] == [0, 1, 2]
    assert [bytes(row.prev_hash) for row in rows] == [
        bytes(32), bytes(rows[0].leaf_hash), bytes(rows[1].leaf_hash)
    ]  # fmt: skip
    assert str(verify_chain(realm.pk)) == "intact, 3 entries"
    assert verify_chain(other.pk).size == 1


def test_a_realm_without_a_log_is_intact(realm):
    assert verify_chain(realm.pk).intact


def test_a_leaf_is_written_in_the_transaction_of_the_change_or_not_at_all(realm, ada):
    with pytest.raises(RecordOutsideTransaction):
        services.record(
            "talk.held", realm_id=realm.pk, actor=ada, subject_kind="talk",
            subject_id=None, at=timezone.now(),
        )  # fmt: skip
    assert not AuditLeaf.objects.exists()


def test_a_change_that_is_undone_leaves_no_leaf_and_no_gap(write, realm):
    write()
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    write()
    assert str(verify_chain(realm.pk)) == "intact, 2 entries"


def test_only_registered_events_are_taken(write):
    with pytest.raises(UnknownEvent):
        write("talk.dreamt")
    assert not AuditLeaf.objects.exists()


@pytest.mark.parametrize("detail", [{"share": 0.5}, {"id": UUID(int=1)}, {"心": 1}], ids=str)
def test_a_detail_is_plain_json(write, detail, realm):
    with pytest.raises(NotCanonical):
        write(detail=detail)
    assert verify_chain(realm.pk).size == 0


@pytest.mark.parametrize("days", [-1, 1])
def test_a_moment_that_is_not_now_is_refused(write, days):
    with pytest.raises(MomentNotNow):
        write(at=timezone.now() + timedelta(days=days))


def test_a_demo_may_write_its_past_while_it_is_seeded(write, realm):
    now = timezone.now()
    Realm.objects.update(is_demo=True, seeding_until=now + timedelta(hours=1))
    write(at=now - timedelta(days=300))
    Realm.objects.update(seeding_until=now - timedelta(seconds=1))
    with pytest.raises(MomentNotNow):
        write(at=now - timedelta(days=300))
    Realm.objects.update(is_demo=False, seeding_until=now + timedelta(hours=1))
    with pytest.raises(MomentNotNow):
        write(at=now - timedelta(days=300))
    assert verify_chain(realm.pk).size == 1


def test_a_batch_is_written_in_its_order(realm, ada, django_assert_max_num_queries):
    entries = [
        Entry("duty.waived", "duty", uuid4(), {"number": n} if n % 2 else None) for n in range(50)
    ]
    with transaction.atomic(), django_assert_max_num_queries(10):
        rows = services.record_batch(entries, realm_id=realm.pk, actor=ada, at=timezone.now())
    assert [row.subject_id for row in rows] == [entry.subject_id for entry in entries]
    assert str(verify_chain(realm.pk)) == "intact, 50 entries"
    with transaction.atomic():
        assert services.record_batch([], realm_id=realm.pk, actor=ada, at=timezone.now()) == []


def test_one_leaf_can_vouch_for_many_rows(realm, ada):
    items = [b"first", b"second"]
    for size in (2, 1):
        with transaction.atomic():
            services.record_bulk(
                "duties.derived", realm_id=realm.pk, actor=None, subject_kind="realm",
                subject_id=realm.pk, items=iter(items[:size]), detail={"added": size},
                at=timezone.now(),
            )  # fmt: skip
    first, _ = leaves_for(realm.pk, realm.pk)
    count, digest = digest_of(provider_for(1), items)
    assert first.detail == {"added": 2, "count": count, "digest": digest}


def test_details_can_be_erased_and_the_chain_still_holds(write, realm, ada):
    talk = uuid4()
    write(subject_id=talk)
    write()
    assert services.erase_details(ada, talk, at=timezone.now()) == 1

    first, erased = leaves_for(realm.pk, talk)
    assert (first.event, first.detail) == ("talk.held", {})
    assert (erased.event, erased.detail) == ("detail.erased", {"count": 1})
    assert verify_chain(realm.pk).intact


def test_a_log_of_the_second_suite_verifies_too(write, realm):
    LogHead.objects.create(realm=realm, suite=2)
    write()
    write()
    assert set(AuditLeaf.objects.values_list("suite", flat=True)) == {2}
    assert verify_chain(realm.pk).intact


def test_the_log_only_grows(write):
    write()
    with pytest.raises(LogOnlyGrows):
        AuditLeaf.objects.update(event="talk.moved")
    with pytest.raises(LogOnlyGrows):
        AuditLeaf.objects.all().delete()
    assert AuditLeaf.objects.get().event == "talk.held"


def test_the_database_refuses_a_number_twice(write):
    leaf = write()
    leaf.pk = uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        leaf.save(force_insert=True)


@pytest.mark.parametrize(
    "change",
    [
        {"at": timezone.now() - timedelta(days=1)}, {"actor": None}, {"person": uuid4()},
        {"event": "talk.moved"}, {"subject_kind": "issue"}, {"subject_id": None},
        {"detail_commit": b""}, {"suite": 2}, {"suite": 9}, {"leaf_hash": bytes(32)},
    ],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_a_changed_column_is_named(write, realm, change):
    for _ in range(3):
        write()
    altered(AuditLeaf, where={"seq": 1}, **change)
    verdict = verify_chain(realm.pk)
    assert (verdict.first_bad, verdict.fault) == (1, "leaf")
    assert str(verdict) == "altered at entry 1 (leaf)"


def test_changed_words_are_named(write, realm):
    write()
    write()
    AuditDetail.objects.filter(leaf__seq=1).update(content={"step": 2})
    assert (verify_chain(realm.pk).first_bad, verify_chain(realm.pk).fault) == (1, "detail")
    AuditDetail.objects.filter(leaf__seq=1).update(content={"step": 0.5})
    assert verify_chain(realm.pk).first_bad == 1


def test_a_removed_entry_is_named(write, realm):
    for _ in range(3):
        write()
    AuditDetail.objects.all().delete()
    rows = AuditLeaf.objects.filter(seq=1)
    rows._raw_delete(rows.db)
    assert (verify_chain(realm.pk).first_bad, verify_chain(realm.pk).fault) == (1, "gap")


def test_a_cut_tail_is_named_as_long_as_the_head_is_honest(write, realm):
    for _ in range(3):
        write()
    AuditDetail.objects.all().delete()
    rows = AuditLeaf.objects.filter(seq=2)
    rows._raw_delete(rows.db)
    assert (verify_chain(realm.pk).first_bad, verify_chain(realm.pk).fault) == (2, "head")
    LogHead.objects.all().delete()
    assert verify_chain(realm.pk).fault == "head"


def test_an_entry_linked_elsewhere_is_named(write, realm):
    write()
    write()
    altered(AuditLeaf, where={"seq": 1}, prev_hash=bytes(32))
    assert (verify_chain(realm.pk).first_bad, verify_chain(realm.pk).fault) == (1, "chain")


def test_every_event_is_a_resource_and_a_past():
    for name, meaning in EVENTS.items():
        assert name.count(".") == 1
        assert len(name) <= AuditLeaf._meta.get_field("event").max_length
        assert meaning.endswith(".")


def test_a_leaf_costs_few_statements(write, django_assert_num_queries):
    write()
    bounds = 2 if connection.features.uses_savepoints else 0
    with django_assert_num_queries(5 + bounds):
        write()
