"""Whatever anybody does in whatever order: nothing is confirmed but by the subject's own word."""

from datetime import timedelta

from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from talk_steps import proposed, write
from tanxin.apps.archive.services import VersionMoved
from tanxin.apps.talks import services
from tanxin.apps.talks.groups import standing_of
from tanxin.apps.talks.models import Confirmation, Talk
from tanxin.apps.talks.services.lapsing import lapse
from tanxin.core.access import RowForbidden, RowNotFound
from tanxin.core.lifecycle import IllegalMove

PEOPLE = ("ada", "ben", "cleo", "dora")
VERBS = ("agree", "move", "hold", "write", "confirm", "not_right", "did_not_happen", "lapse", "old")
REFUSALS = (IllegalMove, RowForbidden, RowNotFound, VersionMoved)


def do(world, talk, name, verb, texts):
    actor, now = world.actor(name), timezone.now()
    standing = standing_of(talk)
    digest = standing.digest if standing else bytes(32)
    if verb == "agree":
        services.agree(actor, talk.pk, at=now)
    elif verb == "move":
        services.propose_other_time(actor, talk.pk, planned_for=now + timedelta(days=1), at=now)
    elif verb == "hold":
        services.hold(actor, talk.pk, held_at=now, at=now)
    elif verb == "write":
        version = standing.version if standing else 0
        write(world, talk, next(texts), by=name, expected_version=version)
    elif verb == "lapse":
        lapse(world.founder, Talk.objects.get(pk=talk.pk), now)
    elif verb == "confirm":
        services.confirm_record(actor, talk.pk, digest=digest, at=now)
    elif verb == "old":
        services.confirm_record(actor, talk.pk, digest=b"\1" * 32, at=now)
    else:
        services.dispute_record(actor, talk.pk, verdict=verb, digest=digest, at=now)


def attempt(world, talk, name, verb, texts):
    """Whether it was done."""
    try:
        do(world, talk, name, verb, texts)
    except REFUSALS:
        return False
    return True


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(VERBS)), max_size=14))
@example(steps=[("ada", "write"), ("ben", "old"), ("ben", "confirm"), ("ada", "write")])
@example(steps=[("ada", "write"), ("dora", "lapse"), ("ada", "confirm"), ("ben", "confirm")])
@example(steps=[("ada", "write"), ("ben", "not_right"), ("dora", "confirm"), ("ben", "confirm")])
def test_no_way_leads_to_confirmed_without_the_subject_and_an_edit_drops_it(world, steps):
    talk = proposed(world)
    texts = iter(f"第{n}稿" for n in range(99))
    said_by_ben = False

    for name, verb in [("ben", "agree"), ("ada", "hold"), *steps]:
        before = Talk.objects.get(pk=talk.pk)
        done = attempt(world, talk, name, verb, texts)
        after = Talk.objects.get(pk=talk.pk)

        if done and name == "ben" and verb == "confirm":
            said_by_ben = True
        elif done and verb in {"write", "not_right", "did_not_happen"}:
            said_by_ben = said_by_ben and after.state == before.state == "confirmed"
        if not done:
            assert (after.state, after.steps) == (before.state, before.steps)
        assert (after.state == "confirmed") == said_by_ben

    assert not Confirmation.objects.exclude(person=world.ben).exists()
    for said in Confirmation.objects.select_related("version"):
        assert bytes(said.version_digest) == bytes(said.version.digest)
