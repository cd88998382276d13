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
SUPERVISOR = (
    FirstStep(
        _("See the course of talks"),
        _("Who owes whom a talk, and what is open; not a word of what was said."),
        "duties:list",
    ),
    FirstStep(
        _("Read only what somebody else let you"),
        _("Ask on the page of a talk and say why; the two of it are told who read it."),
        "access:overview",
    ),
    FirstStep(
        _("Sign for open work that comes to you"),
        _("You sign first, then the one who goes; nothing moves before that."),
        "access:handovers",
    ),
)
ARRANGING = (
    FirstStep(
        _("See for whom you arrange"),
        _("With whom the leader still has to talk, by when, and which proposals wait."),
        "access:overview",
    ),
    FirstStep(
        _("Keep clear of days off"),
        _("The calendar counts holidays and the working days that make up for them."),
        "days:now",
    ),
    FirstStep(
        _("See who wants to talk with you"),
        _("Agree to the time, or name another one."),
        "talks:mine",
    ),
)
SECURITY = (
    FirstStep(
        _("Give and take roles"),
        _("None to yourself; system, security and audit are tasks of three people."),
        "access:roles",
    ),
    FirstStep(
        _("Decide about a request to read"),
        _("You read why somebody asks, never the record itself."),
        "access:overview",
    ),
    FirstStep(
        _("Look after your own login"),
        _("Whoever gives roles is worth a second step at the login."),
        "prefs:security",
    ),
)
AUDITOR = (
    FirstStep(
        _("Look at the log"),
        _("Who did what and when; no entry holds a word that was confided."),
        "audit:log",
    ),
    FirstStep(
        _("Take the checkpoints with you"),
        _("With one of them kept elsewhere nobody can rewrite the log unseen."),
        "audit:checkpoints",
    ),
    FirstStep(
        _("See which texts were opened"),
        _("The keeper keeps its own log of that, which the application cannot change."),
        "audit:releases",
    ),
)
OF_ROLES = {
    Role.ORGANISER: ORGANISER,
    Role.SUPERVISOR: SUPERVISOR,
    Role.SECURITY_ADMIN: SECURITY,
    Role.AUDITOR: AUDITOR,
}


def are_put_away(request: HttpRequest) -> bool:
    return request.COOKIES.get(STEPS_COOKIE) == PUT_AWAY


def first_steps_for(actor: Actor, *, is_initiator: bool, arranges: bool) -> tuple[FirstStep, ...]:
    for role, steps in OF_ROLES.items():
        if role in actor.roles:
            return steps
    if arranges:
        return ARRANGING
    return INITIATOR if is_initiator else SUBJECT
