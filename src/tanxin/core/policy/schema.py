"""What a pack can say, as types: the closed vocabulary that a checked pack is made of.

Whom (``Selector``), who (``Resolver``) and when (``Time``) are three vocabularies of their own; a
``Relation`` joins the first two and ``Count`` says what one duty stands for.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tanxin.core.calendar import OffsetUnit, PeriodKind
from tanxin.core.policy.dated import Dated


class Level(StrEnum):
    """Who issued it, from the top down."""

    NATIONAL = "national"
    SECTOR = "sector"
    LOCAL = "local"
    UNIT = "unit"


class Organisation(StrEnum):
    ANY = "any"
    ORGAN = "organ"
    UNIVERSITY = "university"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    COMPANY = "company"
    COURT = "court"
    TOWNSHIP = "township"


class Kind(StrEnum):
    ROUTINE = "routine"
    CARE = "care"
    OFFICE = "office"
    WARNING = "warning"


class Form(StrEnum):
    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"
    EITHER = "either"


class Channel(StrEnum):
    FACE = "face"
    PHONE = "phone"
    VIDEO = "video"
    MESSAGE = "message"
    MAIL = "mail"
    VISIT = "visit"


class FollowUp(StrEnum):
    """What must come after the talk before it is finished."""

    FEEDBACK = "feedback"
    MEASURES = "measures"
    REPORT = "report"
    VISIT = "visit"


class Holding(StrEnum):
    """What makes a person one of those meant."""

    SEAT = "seat"
    BRANCH = "branch"
    HEAD = "head"
    POST = "post"
    ANYONE = "anyone"


class Relation(StrEnum):
    """How initiator and subject belong together."""

    TEAM = "team"
    BRANCH = "branch"
    CHARGE = "charge"
    CONTACT = "contact"


class Count(StrEnum):
    """What one duty stands for.

    ``PAIR``: each initiator with each subject. ``SUBJECT``: each subject with any one of the
    initiators. ``INITIATOR``: each initiator with anybody meant. ``PARTNERS``: each initiator
    with that many different people.
    """

    PAIR = "pair"
    SUBJECT = "subject"
    INITIATOR = "initiator"
    PARTNERS = "partners"


class Side(StrEnum):
    INITIATOR = "initiator"
    SUBJECT = "subject"
    EITHER = "either"


class TextReason(StrEnum):
    """Why a rule is shown and never derived."""

    UNMEASURABLE = "unmeasurable"
    ABOUT_OTHERS = "about_others"
    ON_REQUEST = "on_request"


@dataclass(frozen=True, slots=True)
class Title:
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Citation:
    """The clause a rule rests on, in our own words; unverified until somebody has checked it."""

    id: str
    document: str
    year: int
    place: str
    issued: Level
    clause: str
    verified: bool = False
    verified_by: str = ""
    verified_on: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """``roles`` and ``teams`` narrow a seat, a branch role or the level of a post."""

    holding: Holding
    roles: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selector:
    """Whom: those who hold something, where asked for while in one of ``states``."""

    holder: Holder
    states: tuple[str, ...] = ()
    not_states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolver:
    """Who owes it."""

    holder: Holder


@dataclass(frozen=True, slots=True)
class Joined:
    """``contacts`` narrows ``Relation.CONTACT`` to these kinds."""

    relation: Relation
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Distance:
    amount: Dated
    unit: OffsetUnit


@dataclass(frozen=True, slots=True)
class EachPeriod:
    """At least ``at_least`` in each ``period``; with ``spread`` as many in each part of it."""

    at_least: Dated
    period: PeriodKind
    spread: PeriodKind | None = None


@dataclass(frozen=True, slots=True)
class AfterEvent:
    """Within a distance after an event of a kind, or after somebody came into a state."""

    within: Distance
    events: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BeforeEvent:
    """Done ``by`` a distance before an event to come, counted from ``opening`` before it."""

    events: tuple[str, ...]
    by: Distance
    opening: Distance


Time = EachPeriod | AfterEvent | BeforeEvent


@dataclass(frozen=True, slots=True)
class Exemption:
    """A named exception: days in one of ``states`` do not count for the people of ``side``."""

    id: str
    title: Title
    states: tuple[str, ...]
    side: Side


@dataclass(frozen=True, slots=True)
class Terms:
    """The part of a rule that duties are derived from; a rule in words only has none."""

    who: Resolver
    whom: Selector
    joined: Joined
    time: Time
    count: Count
    mutual: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """``replaces`` names the upper rule that this one stands for, as ``pack/rule``."""

    id: str
    title: Title
    kind: Kind
    cites: tuple[Citation, ...]
    terms: Terms | None
    text_only: TextReason | None = None
    form: Form = Form.INDIVIDUAL
    channels: tuple[Channel, ...] = (Channel.FACE,)
    follow_up: tuple[FollowUp, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    replaces: str = ""
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Pack:
    """One version of a set of rules, in force from ``start`` until the day before ``end``."""

    id: str
    title: Title
    version: str
    level: Level
    organisations: tuple[Organisation, ...]
    extends: tuple[str, ...]
    start: date
    end: date | None
    newcomer_days: Dated
    rules: tuple[Rule, ...]
    file: str = ""
    line: int = 0
