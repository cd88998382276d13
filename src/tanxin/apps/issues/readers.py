"""Who may read which text of an issue.

What was said and what was answered stays between the two of the talk. What shall be done, what was
done and what the verifier found is read by all four, so it must not say whose matter it is.
"""

from typing import NamedTuple
from uuid import UUID

from tanxin.apps.issues.models import Issue, MeasureRole

Reader = tuple[UUID, str]


class Helpers(NamedTuple):
    """The two people of a measure."""

    owner: UUID
    verifier: UUID


def the_two(initiator: UUID, subject: UUID) -> list[Reader]:
    return [(initiator, "initiator"), (subject, "subject")]


def all_four(issue: Issue, helpers: Helpers) -> list[Reader]:
    """Each person once; a side of the talk who also helps stays a side."""
    sides = dict(the_two(issue.led_by_id, issue.talk.subject_id))
    return list(({helpers.owner: "owner", helpers.verifier: "verifier"} | sides).items())


def helpers_of(issue: Issue) -> Helpers:
    """The owner and the verifier of the issue's measure, as it stands."""
    roles = MeasureRole.objects.filter(realm=issue.realm_id, measure__issue=issue)
    people = dict(roles.values_list("role", "person"))
    return Helpers(people["owner"], people["verifier"])
