"""Several who solve it, the cause behind it, and files that show what was done."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from issue_builders import CAUSE, EVIDENCE, PROGRESS, assign, due, issue_in, later
from tanxin.apps.archive.attachments import open_file
from tanxin.apps.archive.services import open_texts
from tanxin.apps.issues import services
from tanxin.apps.issues.access import IssueForbidden, visible_issues
from tanxin.apps.issues.course import issue_seen
from tanxin.apps.issues.models import Measure, MeasureRole
from tanxin.apps.issues.refusals import (
    OnePartEach,
    OwnerVerifiesHimself,
    TellsWhoRaisedIt,
    VerifierIsDelegate,
    VerifierIsSubordinate,
)
from tanxin.apps.org.models import Delegation
from tanxin.core.uploads import admit
from world import NAMES


@pytest.fixture
def issue_id(world):
    """Cleo helps Emil to solve it."""
    issue_id = issue_in(world, "raised")
    assign(world, issue_id, co_owners=[world.cleo], cause_text=CAUSE)
    return issue_id


def test_a_co_owner_notes_how_far_it_is_and_reports_nothing_as_done(world, issue_id):
    cleo = world.actor("cleo")
    assert visible_issues(cleo).exists()
    services.note_progress(cleo, issue_id, text=PROGRESS, at=timezone.now())

    with pytest.raises(IssueForbidden):
        services.report_measure(cleo, issue_id, evidence_text=EVIDENCE, at=timezone.now())
    with pytest.raises(IssueForbidden):
        services.ask_time(cleo, issue_id, until=later(), reason="雨", at=timezone.now())
    with pytest.raises(IssueForbidden):
        services.verify_measure(cleo, issue_id, solved=True, note="", at=timezone.now())


@pytest.mark.parametrize(
    ("person", "reads"),
    [("ada", True), ("emil", True), ("cleo", True), ("ben", False), ("dora", False)],
)
def test_the_cause_is_for_who_set_the_measure_and_who_solves_it(world, issue_id, person, reads):
    actor = world.actor(person)
    texts = open_texts(actor, issue_seen(actor, issue_id).records, "issue:view").values()

    assert (CAUSE in texts) == reads


def test_the_owner_may_write_a_better_cause(world, issue_id):
    services.write_cause(world.actor("emil"), issue_id, text="还有设计缺陷", at=timezone.now())

    ada = world.actor("ada")
    texts = open_texts(ada, [Measure.objects.get().cause_id], "issue:view").values()
    assert list(texts) == ["还有设计缺陷"]
    with pytest.raises(TellsWhoRaisedIt):
        services.write_cause(
            world.actor("ada"), issue_id, text=f"{NAMES['ben']}说的", at=timezone.now()
        )


@pytest.mark.parametrize(
    ("people", "refusal"),
    [
        ({"co_owners": ["dora"]}, OwnerVerifiesHimself),
        ({"co_owners": ["emil"]}, OnePartEach),
        ({"co_owners": ["cleo", "cleo"]}, OnePartEach),
    ],
)
def test_nobody_has_two_parts_in_one_measure(world, people, refusal):
    issue_id = issue_in(world, "raised")
    co_owners = [world.people[one] for one in people["co_owners"]]

    with pytest.raises(refusal):
        assign(world, issue_id, co_owners=co_owners)
    assert not MeasureRole.objects.exists()


def test_the_database_itself_refuses_a_co_owner_who_verifies(world, issue_id):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE issues_measurerole SET person_id ="
            " (SELECT person_id FROM issues_measurerole WHERE role = 'co_owner')"
            " WHERE role = 'verifier'"
        )
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE issues_measurerole SET verdict = 'solved', decided_at = %s"
            " WHERE role = 'co_owner'",
            [timezone.now()],
        )


def test_a_subordinate_of_a_co_owner_cannot_verify(world, issue_id):
    issue_id = issue_in(world, "raised")
    world.post("规划处科员", "planning")
    world.holds("dora", "规划处科员", start=None)

    with pytest.raises(VerifierIsSubordinate):
        assign(world, issue_id, owner="cleo", co_owners=[world.emil])


def delegate_to(world, person):
    today = timezone.localdate()
    Delegation.objects.create(
        realm_id=world.realm_id, person_id=world.ada, delegate_id=world.people[person],
        approved_by_id=world.emil, approved_on=today, start=today, source="委托书",
        recorded_at=timezone.now(),
    )  # fmt: skip


def test_who_holds_talks_for_the_leader_cannot_verify_for_him(world, issue_id):
    raised = issue_in(world, "raised")
    reported = issue_in(world, "reported")
    delegate_to(world, "dora")

    with pytest.raises(VerifierIsDelegate):
        assign(world, raised)
    with pytest.raises(VerifierIsDelegate):
        services.verify_measure(
            world.actor("dora"), reported, solved=True, note="", at=timezone.now()
        )
    back = services.verify_measure(
        world.actor("dora"), reported, solved=False, note="缺", at=timezone.now()
    )
    assert (back.state, back.wanted_on) == ("assigned", due())


def test_files_show_what_was_done_to_all_who_read_the_words(world, issue_id):
    scan = admit("验收单.txt", "验收合格".encode())
    services.report_measure(
        world.actor("emil"), issue_id, evidence_text=EVIDENCE, files=[scan], at=timezone.now()
    )

    for person in ("ada", "ben", "cleo", "dora"):
        actor = world.actor(person)
        seen = issue_seen(actor, issue_id)
        [file_id] = seen.files
        assert [step.move for step in seen.path if step.files] == ["report"]
        opened = open_file(actor, file_id, "issue:view")
        assert b"".join(opened.pieces) == "验收合格".encode()
