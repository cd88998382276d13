"""How talks of a kind, or of a type below a kind, are held, recorded, kept and followed up.

Kinds and types are data, so adding one needs no code.
"""

from dataclasses import dataclass
from enum import StrEnum

from tanxin.core.policy.schema import Channel, Distance, FollowUp, Form, Holder, Title, Ways


class Grade(StrEnum):
    """Who may know: the ordinary circle, a named one, or the two alone."""

    ORDINARY = "ordinary"
    LIMITED = "limited"
    PARTIES = "parties"


class Signing(StrEnum):
    """How a record is signed, where it has to be; without a pen there is always the login.

    A certificate comes in addition to the login, and never keeps anybody from saying his word.
    """

    LOGIN = "login"
    HANDWRITING = "handwriting"
    CERTIFICATE = "certificate"


class Part(StrEnum):
    """A part in a talk, or in the papers around it, beside leading and being talked with."""

    INITIATOR = "initiator"
    SUBJECT = "subject"
    RECORDER = "recorder"
    ACCOMPANIST = "accompanist"
    INTERPRETER = "interpreter"
    VOLUNTEER = "volunteer"
    PARTY_SECRETARY = "party_secretary"
    CHIEF = "chief"
    DISCIPLINE = "discipline"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of the record that this kind or type brings along."""

    id: str
    title: Title
    needed: bool = False
    choices: tuple[Title, ...] = ()


@dataclass(frozen=True, slots=True)
class Manner:
    """``kind`` is empty for a kind itself. What is empty is left to the kind, or to the rule.

    ``counts`` is no where a talk of this type meets no duty of a rule that does not name it.
    ``effect`` is how long it weighs on the person, ``clock`` how soon the follow-up is due.
    """

    id: str
    title: Title
    kind: str = ""
    form: Form | None = None
    channels: tuple[Channel, ...] = ()
    ways: tuple[Ways, ...] = ()
    held_by: tuple[Holder, ...] = ()
    parts: tuple[Part, ...] = ()
    preparation: tuple[Title, ...] = ()
    fields: tuple[FormField, ...] = ()
    approval: tuple[Part, ...] = ()
    endorsement: tuple[Part, ...] = ()
    signature: tuple[Part, ...] = ()
    signing: Signing | None = None
    grade: Grade = Grade.ORDINARY
    retention: Distance | None = None
    counts: bool = True
    effect: Distance | None = None
    follow_up: tuple[FollowUp, ...] = ()
    clock: Distance | None = None
    line: int = 0
