"""Three first steps for each kind of person, until they are put away."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanxin.core.access import Actor, Role

STEPS_COOKIE = "tanxin_steps"
PUT_AWAY = "0"


@dataclass(frozen=True, slots=True)
class FirstStep:
    label: Promise
    help: Promise
    page: str
    query: str = ""

    @property
    def url(self) -> str:
        return reverse(self.page) + self.query


INITIATOR = (
    FirstStep(
        _("See whom you owe a talk"),
        _("Each duty says why, by when, and on which clause it rests."),
        "duties:mine",
    ),
    FirstStep(
        _("Propose a time"),
        _("The other side agrees or names another time. A few words about the place are enough."),
        "talks:new",
    ),
    FirstStep(
        _("Follow up what was raised"),
        _("Give each issue an owner, a verifier and a day, and answer the one who raised it."),
        "issues:mine",
        "?show=led",
    ),
)
SUBJECT = (
    FirstStep(
        _("See who wants to talk with you"),
        _("Agree to the time, or name another one."),
        "talks:mine",
    ),
    FirstStep(
        _("Ask for a talk yourself"),
        _("With anybody, also outside your own line. Only the one you ask reads the topic."),
        "talks:ask",
    ),
    FirstStep(
        _("See what became of what you raised"),
        _("Who solves it, until when, what was done, and the answer to you."),
        "issues:mine",
        "?show=raised",
    ),
)
ORGANISER = (
    FirstStep(
        _("Bring in the people"),
        _("A workbook of the personnel office is enough; nothing changes before you say so."),
        "roster:start",
    ),
    FirstStep(
        _("Check the organisation as it stands today"),
        _("Units, teams, who is in charge of what: duties follow from these facts."),
        "org:chart",
    ),
    FirstStep(
        _("Read the rules in force"),
        _("Each names its clause, and which duties it creates here."),
        "rules:packs",
    ),
)


def are_put_away(request: HttpRequest) -> bool:
    return request.COOKIES.get(STEPS_COOKIE) == PUT_AWAY


def first_steps_for(actor: Actor, *, is_initiator: bool) -> tuple[FirstStep, ...]:
    if Role.ORGANISER in actor.roles:
        return ORGANISER
    return INITIATOR if is_initiator else SUBJECT
