"""Who may read which text of an issue.

What was said and what was answered stays between the two of the talk. What shall be done, what was
done and what the verifier found is read by all who have a part, so it must not say whose matter it
is. The facts are for the initiator and whom he asked, the cause for him and who solves it.
"""

from typing import NamedTuple
from uuid import UUID

from tanxin.apps.issues.models import Issue, MeasureRole

Reader = tuple[UUID, str]


class Helpers(NamedTuple):
    """The people of a measure."""

    owner: UUID
    verifier: UUID
    co_owners: tuple[UUID, ...] = ()

    @property
    def solving(self) -> tuple[UUID, ...]:
        return (self.owner, *self.co_owners)


def the_two(initiator: UUID, subject: UUID) -> list[Reader]:
    return [(initiator, "initiator"), (subject, "subject")]


def of_talk(issue: Issue) -> list[Reader]:
    return the_two(issue.led_by_id, issue.talk.subject_id)


def all_parts(issue: Issue, helpers: Helpers) -> list[Reader]:
    """Each person once; a side of the talk who also helps stays a side."""
    solving = dict.fromkeys(helpers.solving, "owner")
    return list((solving | {helpers.verifier: "verifier"} | dict(of_talk(issue))).items())


def of_the_cause(issue: Issue, helpers: Helpers) -> list[Reader]:
    solving = dict.fromkeys(helpers.solving, "owner")
    return list((solving | {issue.led_by_id: "initiator"}).items())


def of_the_facts(issue: Issue, inquirer: UUID) -> list[Reader]:
    return list({inquirer: "inquirer", issue.led_by_id: "initiator"}.items())


def helpers_of(issue: Issue) -> Helpers:
    """The owners and the verifier of the issue's measure, as it stands."""
    roles = MeasureRole.objects.filter(realm=issue.realm_id, measure__issue=issue)
    rows = list(roles.order_by("since", "pk").values_list("role", "person"))
    people = dict(rows)
    co_owners = tuple(person for role, person in rows if role == "co_owner")
    return Helpers(people["owner"], people["verifier"], co_owners)


def everybody(issue: Issue) -> list[Reader]:
    return all_parts(issue, helpers_of(issue))
