"""Who keeps a talk while another destroys it: one waits for the other and reads what it left."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.db import connections, transaction
from django.utils import timezone

from talk_steps import confirmed
from tanxin.apps.archive.models import Record
from tanxin.apps.retention import disposing, holding
from tanxin.apps.retention.refusals import NotDueAnyMore, NothingToKeep
from tanxin.core.access import Role
from world import small_world


@pytest.fixture
def drawn(on_disk, keeper):
    """A world, who supervises, a talk, and a list that it stands on."""
    world = small_world()
    world.person("sol", "孙立")
    world.account("sol")
    world.entrust("sol", Role.SUPERVISOR)
    talk = confirmed(world)
    listed = disposing.draw_list(world.actor("dora"), reason="期满", **later())
    return world, world.actor("sol"), talk, listed.pk


def later():
    on = timezone.localdate()
    return {"on": on.replace(year=on.year + 11, month=6, day=1), "at": timezone.now()}


def keep(sol, talk):
    return holding.ask_hold(sol, talk.pk, reason="有申诉", at=timezone.now())


def elsewhere(act):
    try:
        return act()
    finally:
        connections.close_all()


def test_what_is_being_kept_is_not_destroyed(drawn):
    world, sol, talk, list_id = drawn
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            keep(sol, talk)
            signing = pool.submit(elsewhere, lambda: disposing.sign_list(sol, list_id, **later()))
            wait([signing], timeout=0.5)
        with pytest.raises(NotDueAnyMore):
            signing.result(timeout=20)

    assert holding.held_talks(world.realm_id) == {talk.pk}
    assert not Record.objects.filter(erased_at__isnull=False).exists()


def test_nobody_is_told_kept_of_what_is_being_destroyed(drawn):
    world, sol, talk, list_id = drawn
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            disposing.sign_list(sol, list_id, **later())
            keeping = pool.submit(elsewhere, lambda: keep(sol, talk))
            wait([keeping], timeout=0.5)
        with pytest.raises(NothingToKeep):
            keeping.result(timeout=20)

    assert holding.held_talks(world.realm_id) == frozenset()
