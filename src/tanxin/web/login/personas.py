"""The people of the demo, each with the line that says what there is to see as him.

The five who talk come first; those who manage and oversee stand below them.
"""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanxin.apps.realms.selectors import demo_realm_id


@dataclass(frozen=True, slots=True)
class Persona:
    handle: str
    title: Promise
    line: Promise
    icon: str


PERSONAS = (
    Persona(
        "demo-secretary",
        _("Party group secretary"),
        _("Leads the team: whom do I owe a talk, who waits for my answer, what did I promise?"),
        "flag",
    ),
    Persona(
        "demo-deputy",
        _("Deputy in charge of departments"),
        _("Talks with team-mates and with the heads in his charge; sets measures and answers."),
        "users",
    ),
    Persona(
        "demo-head",
        _("Head of a department"),
        _("Is talked with, confirms his records, solves issues, and talks with his own people."),
        "briefcase",
    ),
    Persona(
        "demo-member",
        _("Party member"),
        _("Sees who wants to talk, reads and corrects what was written, asks for a talk."),
        "user",
    ),
    Persona(
        "demo-organiser",
        _("Organiser"),
        _("Keeps people and duties in order, sees what is open, reads nothing confidential."),
        "clipboard-list",
    ),
)
OVERSEEING = (
    Persona(
        "demo-supervisor",
        _("Discipline supervisor"),
        _("Sees the course of talks; reads a record only when somebody else has let him."),
        "eye-check",
    ),
    Persona(
        "demo-assistant",
        _("Secretary in the office"),
        _("Finds the time for the party group secretary, without a word of what it is about."),
        "calendar-event",
    ),
    Persona(
        "demo-security",
        _("Security administrator"),
        _("Gives and takes roles, decides about requests to read; sees no talk."),
        "shield-lock",
    ),
    Persona(
        "demo-auditor",
        _("Audit administrator"),
        _("Reads and checks the log, and nothing else."),
        "list-check",
    ),
    Persona(
        "demo-system",
        _("System administrator"),
        _("Sees whether the machines run and messages leave; nobody's name and no talk."),
        "activity",
    ),
)
HANDLES = frozenset(persona.handle for persona in (*PERSONAS, *OVERSEEING))


def demo_realm() -> UUID | None:
    """The realm anybody may walk into; there is none unless this is a demo installation."""
    return demo_realm_id() if settings.TANXIN_DEMO else None
