"""Threats of ``security.md`` that are about talks, tried so many times; each gives its figures."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import permutations
from random import Random

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from group_steps import group_of, part_of, summed_up, talk_with
from login_steps import PASSWORD, log_in
from talk_steps import held, write
from tanxin.apps.archive.access import visible_records
from tanxin.apps.archive.selectors import records_about
from tanxin.apps.archive.services import open_texts
from tanxin.apps.talks import services
from tanxin.apps.talks.groups import shared_record
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.refusals import LateEntryNeedsReason
from tanxin.apps.talks.selectors import record_of

DAYS_IN_TIME = 3


@dataclass
class LateEntries:
    late: int = 0
    refused_without_reason: int = 0
    labelled: int = 0
    in_time: int = 0
    wrongly_labelled: int = 0
    dated_back: int = 0


def late_entries(world, count: int, seed: int) -> LateEntries:
    """T04: talks of the last days are entered now; which of them bear the label for good."""
    chance, found = Random(seed), LateEntries()
    for turn in range(count):
        ago = timedelta(minutes=chance.randrange(60, 9 * 24 * 60))
        talk, begun = held(world, ago=ago), timezone.now()
        days = (timezone.localdate(begun) - timezone.localdate(begun - ago)).days
        if days > DAYS_IN_TIME:
            found.late += 1
            try:
                write(world, talk, f"第{turn}次")
            except LateEntryNeedsReason:
                found.refused_without_reason += 1
            write(world, talk, f"第{turn}次", late_reason="出差后补记")
            write(world, talk, f"第{turn}次，改", expected_version=1)
        else:
            found.in_time += 1
            write(world, talk, f"第{turn}次")
        talk.refresh_from_db()
        found.labelled += days > DAYS_IN_TIME and talk.late_id is not None
        found.wrongly_labelled += days <= DAYS_IN_TIME and talk.late_id is not None
        found.dated_back += talk.entered_at < begun
    return found


def cookies_that_live_on(world, handle: str, count: int) -> dict[str, int]:
    """T21: a cookie laid before the login, and one kept over the logout, sent once more."""
    found = {"laid before": 0, "kept over": 0, "key kept": 0}
    for _ in range(count):
        victim = Client()
        victim.get(reverse("login:login"))
        laid = victim.session
        laid["lang"] = "zh-hans"
        laid.save()
        victim.cookies["sessionid"] = laid.session_key
        assert log_in(victim, handle, PASSWORD).status_code in {302, 303}
        inside = victim.cookies["sessionid"].value
        found["key kept"] += inside == laid.session_key
        found["laid before"] += opens(laid.session_key)
        assert opens(inside)
        victim.post(reverse("login:logout"))
        found["kept over"] += opens(inside)
    return found


def opens(cookie: str) -> bool:
    thief = Client()
    thief.cookies["sessionid"] = cookie
    return thief.get(reverse("home:home")).status_code == 200


def parts_read_by_others(world, names) -> tuple[int, int]:
    """T30: each member tries every other's part, and reads all he can; pairs tried, parts seen."""
    group = group_of(world, names)
    now = timezone.now()
    for name in names:
        services.agree(world.actor(name), talk_with(world, group, name).pk, at=now)
    services.hold_group(
        world.actor("ada"), group.pk, held_at=now, absence="", at=now,
        present=[world.people[name] for name in names],
    )  # fmt: skip
    summed_up(world, group=group)
    for name in names:
        part_of(world, group, name, text=canary(name))
    seen = pairs = 0
    for reader, owner in permutations(names, 2):
        pairs += 1
        talk = talk_with(world, group, owner)
        part = record_of(talk)
        seen += visible_records(world.actor(reader)).filter(pk=part.pk).exists()
        seen += world.client(reader).get(reverse("talks:talk", args=[talk.pk])).status_code != 404
        seen += world.client(reader).get(reverse("talks:record", args=[talk.pk])).status_code != 404
    for reader in names:
        texts = all_texts(world, reader, group)
        seen += sum(canary(owner) in texts for owner in names if owner != reader)
        assert canary(reader) in texts
    return pairs, seen


def canary(name: str) -> str:
    return f"金丝雀{name}单独说的话"


def all_texts(world, name, group) -> str:
    actor, talk = world.actor(name), Talk.objects.get(group=group, subject=world.people[name])
    mine = list(records_about(actor, talk.pk, ["record"]))
    shared = shared_record(world.realm_id, group.pk)
    return "".join(open_texts(actor, [*(one.pk for one in mine), shared.pk], "subject").values())
