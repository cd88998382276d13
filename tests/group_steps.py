"""Bringing a talk of Ada with Ben, Cleo and Emil together to where a test begins."""

from datetime import timedelta

from django.utils import timezone

from tanxin.apps.talks import services
from tanxin.apps.talks.groups import standing_of
from tanxin.apps.talks.models import GroupTalk, Talk

SUMMARY = "金丝雀：一起谈了搬迁和值班。"
PART = "金丝雀：本明单独说他想调岗。"
AWAY = "当天在外地出差，改日单独谈"
THERE = ("ben", "cleo", "emil")


def group_of(world, people=THERE, *, days=1, **more):
    now = timezone.now()
    later = timedelta(days=days, hours=Talk.objects.count())
    more = {"kind": "routine", "planned_for": now + later, "at": now} | more
    with_people = [world.people[name] for name in people]
    return services.propose_group(world.actor("ada"), with_people=with_people, **more)


def talk_with(world, group, name):
    return Talk.objects.get(group=group, subject=world.people[name])


def answered(world, **more):
    group = group_of(world, **more)
    for name in THERE:
        services.agree(world.actor(name), talk_with(world, group, name).pk, at=timezone.now())
    return group


def held_together(world, present=THERE, **more):
    group, now = answered(world, **more), timezone.now()
    services.hold_group(
        world.actor("ada"), group.pk, held_at=now - timedelta(hours=1), absence=AWAY, at=now,
        present=[world.people[name] for name in present],
    )  # fmt: skip
    return GroupTalk.objects.get(pk=group.pk)


def summed_up(world, text=SUMMARY, *, group=None, expected_version=0, **more):
    group = group or held_together(world, **more)
    services.write_summary(
        world.actor("ada"), group.pk, text=text, expected_version=expected_version,
        at=timezone.now(),
    )  # fmt: skip
    return group


def part_of(world, group, name, text=PART, **more):
    talk = talk_with(world, group, name)
    return services.write_record(world.actor("ada"), talk.pk, text=text, at=timezone.now(), **more)


def confirm(world, group, name):
    talk = talk_with(world, group, name)
    return services.confirm_record(
        world.actor(name), talk.pk, digest=standing_of(talk).digest, at=timezone.now()
    )
