from uuid import uuid4

import pytest

from tanxin.core.access import ALLOWED_BY, Actor, Permission, Relation, Role, decide

TEXT = {Permission.RECORD_OPEN, Permission.MEMO_OPEN, Permission.ISSUE_VIEW}


def test_every_permission_stands_in_the_table():
    assert set(ALLOWED_BY) == set(Permission)


@pytest.mark.parametrize("permission", Permission)
def test_a_stranger_may_nothing(permission):
    decision = decide(permission, frozenset())

    assert not decision.allowed
    assert decision.because == frozenset()


@pytest.mark.parametrize("permission", Permission)
def test_a_decision_names_the_relations_that_allow_it(permission):
    decision = decide(permission, frozenset(Relation))

    assert decision.allowed
    assert decision.because == ALLOWED_BY[permission]


@pytest.mark.parametrize("permission", sorted(TEXT))
def test_the_organiser_reads_no_text(permission):
    assert not decide(permission, frozenset({Relation.ORGANISER, Relation.MEMBER})).allowed


def test_only_the_author_opens_a_memo():
    assert ALLOWED_BY[Permission.MEMO_OPEN] == {Relation.AUTHOR}


def test_only_the_subject_confirms():
    assert ALLOWED_BY[Permission.RECORD_CONFIRM] == {Relation.SUBJECT}


def test_an_actor_without_a_person_stands_nowhere():
    assert Actor(realm_id=uuid4()).standing == frozenset()


def test_a_role_stands_beside_membership():
    actor = Actor(realm_id=uuid4(), person_id=uuid4(), roles=frozenset({Role.ORGANISER}))

    assert actor.standing == {Relation.MEMBER, Relation.ORGANISER}
