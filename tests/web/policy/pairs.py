"""Random people at random addresses of random rows, and who may: told once more, naively."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from issue_builders import issue_in
from talk_steps import asked
from tanxin.apps.talks import services
from web.policy.cast import PERSONAS, Cast

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
SIDES = (("ada", "ben"), ("emil", "ben"), ("ada", "theo"), ("emil", "cleo"), ("theo", "omar"))
WATCHING = frozenset({"dora", "rita", "sol", "lena"})
SECRET = "金丝雀之言"


@dataclass(frozen=True, slots=True)
class Row:
    """One row, and by address who gets it."""

    id: UUID
    open_to: dict[str, frozenset[str]]


def rows_of(cast: Cast) -> list[Row]:
    """Talks between several people with their issues, and requests for talks."""
    made = []
    for lead, subject in SIDES:
        talk = recorded_by(cast, lead, subject)
        two = frozenset({lead, subject})
        watching = WATCHING - ({"rita"} if subject == "ben" else set())
        made.append(
            Row(
                talk,
                {
                    "talks:talk": two | watching,
                    "talks:record": two,
                    "talks:write": frozenset({lead}),
                    "talks:memo": frozenset({lead}),
                    "issues:raise": frozenset({lead}),
                    "access:ask": watching & {"sol", "lena"},
                    "access:recuse_talk": two,
                    "access:arranged": frozenset(),
                },
            )
        )
    for stage in ("raised", "assigned", "reported"):
        issue = issue_in(cast.world, stage, owner="omar", verifier="vera")
        four = {"ada", "ben", "omar", "vera"} if stage != "raised" else {"ada", "ben"}
        made.append(
            Row(
                issue,
                {
                    "issues:issue": frozenset(four | {"sol", "lena"}),
                    "access:recuse_issue": frozenset({"ada", "ben"}),
                },
            )
        )
    for by, of in (("ben", "ada"), ("cleo", "emil")):
        made.append(Row(asked(cast.world, by, of).pk, {"talks:request": frozenset({by, of})}))
    return made


def recorded_by(cast: Cast, lead: str, subject: str) -> UUID:
    now = timezone.now()
    world = cast.world
    talk = services.propose_talk(
        world.actor(lead), with_person=world.people[subject], kind="routine",
        planned_for=now + timedelta(days=1), at=now,
    )  # fmt: skip
    services.agree(world.actor(subject), talk.pk, at=now)
    services.hold(world.actor(lead), talk.pk, held_at=now - timedelta(hours=1), at=now)
    services.write_record(world.actor(lead), talk.pk, text=SECRET, at=now)
    return talk.pk


def plain(answer: HttpResponse) -> tuple[str, dict[str, str]]:
    """Body and headers without what differs on every visit."""
    return TOKEN.sub("", answer.content.decode()), dict(answer.headers)


class Walk:
    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.rows, self.chance = cast, rows_of(cast), Random(seed)
        self.browsers: dict[str, Client] = {who: cast.browser(who) for who in PERSONAS}

    def leaks(self, count: int) -> Iterator[str]:
        """Everybody who got what is not his, or did not get what is."""
        for _ in range(count):
            who = self.chance.choice(sorted(PERSONAS))
            row = self.chance.choice(self.rows)
            name = self.chance.choice(sorted(row.open_to))
            answer = self.browsers[who].get(reverse(name, args=[row.id]))
            allowed = PERSONAS[who] in row.open_to[name] and who not in {"left", "elsewhere"}
            if (answer.status_code == 200) != allowed:
                yield f"{who} at {name}: {answer.status_code}"
            if not allowed and SECRET in answer.content.decode():
                yield f"{who} at {name} reads what was said"
            if answer.status_code == 404:
                missing = self.browsers[who].get(reverse(name, args=[uuid4()]))
                if plain(missing) != plain(answer):
                    yield f"{who} at {name} can tell that there is something"
