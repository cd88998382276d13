"""A year of talks, and a reader who knows the organisation and everybody who was talked with.

He sees what was told, looks up who it may have been with a program of his own, and guesses.
"""

from datetime import timedelta
from fractions import Fraction
from random import Random

import pytest
from django.db import transaction
from django.utils import timezone

from tanxin.apps.issues.sources import WINDOW, Told, check_crowd
from tanxin.apps.issues.untellable import SourceStandsOut
from tanxin.apps.org.models import PersonState, Post, Tenure, Unit, UnitSpell
from tanxin.apps.org.services import PersonDetails
from tanxin.apps.org.services.bulk import write_facts
from tanxin.apps.org.services.people import sealed_person_rows
from tanxin.apps.talks.models import Talk
from world import FOUNDED, SINCE, SOURCE

SIZES = (3, 5, 6, 8, 12, 20, 30)
POSTS = ("科员", "会计", "班长")
GROUPS = ("retired", "ill", "newcomer")
STATEMENTS = 250
ONE_IN_FIVE = Fraction(1, 5)


@pytest.fixture
def year(world):
    """Units of every size, some within others; a year of talks, not with everybody."""
    chance = Random(20261124)
    units, rows, facts, of = [], [], [], {}
    people = sealed_person_rows(
        world.realm_id,
        [PersonDetails(name=f"人{at}", number=f"Y{at}") for at in range(sum(SIZES))],
        at=FOUNDED,
    )
    left = list(people)
    for at, size in enumerate(SIZES):
        unit = Unit(code=f"Y{at}")
        parent = units[at - 2].pk if at > 3 else world.units["commission"]
        posts = [Post(unit=unit, title=title, level="staff") for title in POSTS]
        rows += [unit, *posts]
        facts.append(
            UnitSpell(
                unit=unit, name=f"单位{at}", kind="department", source=SOURCE, parent_id=parent
            )
        )
        units.append(unit)
        for person in [left.pop() for _ in range(size)]:
            post = chance.choice(posts)
            of[person.pk] = (unit.pk, post.title, {g for g in GROUPS if chance.random() < 0.2})
            facts.append(Tenure(person=person, post=post, start=SINCE, source=SOURCE))
            facts += [
                PersonState(person=person, kind=group, start=SINCE, source=SOURCE)
                for group in of[person.pk][2]
            ]
    with transaction.atomic():
        write_facts(world.realm_id, [*rows, *people, *facts], at=FOUNDED)
    now = timezone.now()
    talks = [
        Talk(
            realm_id=world.realm_id, initiator_id=world.ada, subject=person, kind="routine",
            state="recorded", proposed_by_id=world.ada, planned_for=now, created_at=now,
            held_at=now - timedelta(days=chance.randrange(1, 365)),
        )
        for person in people if chance.random() < 0.8
        for _ in range(chance.randrange(1, 4))
    ]  # fmt: skip
    Talk.objects.bulk_create(talks)
    above = {units[at].pk: units[at - 2].pk for at in range(4, len(SIZES))}
    return chance, units, of, above


def inside(unit, outer, above):
    while unit is not None and unit != outer:
        unit = above.get(unit)
    return unit == outer


def guessed(of, above, talks, told, reader, today):
    """Everybody it may be, by walking over all talks one by one."""
    found = set()
    for talk in talks:
        if talk.subject_id not in of or talk.subject_id == reader:
            continue
        unit, title, groups = of[talk.subject_id]
        is_recent = timezone.localdate(talk.held_at) >= today - WINDOW
        fits = told.unit is None or inside(unit, told.unit, above)
        fits = fits and all(inside(unit, place, above) for place in told.units)
        fits = fits and all(title == post for post in told.posts) and told.groups <= groups
        if is_recent and fits:
            found.add(talk.subject_id)
    return found


def test_nobody_who_knows_everything_but_the_talk_singles_out_a_source(world, year, capsys):
    chance, units, of, above = year
    today, talks = timezone.localdate(), list(Talk.objects.all())
    worst, chances, refused = Fraction(0), [], 0
    for _ in range(STATEMENTS):
        talk = chance.choice(talks)
        unit, title, groups = of[talk.subject_id]
        told = Told(
            unit=chance.choice([None, unit, above.get(unit)]),
            units=frozenset({unit} if chance.random() < 0.3 else ()),
            posts=frozenset({title} if chance.random() < 0.2 else ()),
            groups=frozenset(list(groups)[:1] if chance.random() < 0.4 else ()),
        )
        readers = chance.sample(sorted(of), 3)
        try:
            check_crowd(world.realm_id, told, on=today, readers=readers)
        except SourceStandsOut:
            refused += 1
            continue
        for reader in readers:
            best = Fraction(1, len(guessed(of, above, talks, told, reader, today)))
            worst, chances = max(worst, best), [*chances, best]
    with capsys.disabled():
        print(
            f"\nsingled out at best: {float(worst):.3f}; on average: "
            f"{float(sum(chances) / len(chances)):.3f}; refused {refused} of {STATEMENTS}"
        )

    assert worst <= ONE_IN_FIVE
    assert 0 < refused < STATEMENTS
    assert len(units) == len(SIZES)
