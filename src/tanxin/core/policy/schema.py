"""What a pack can say, as types: the closed vocabulary that a checked pack is made of.

Whom (``Selector``), who (``Resolver``) and when (``Time``) are three vocabularies of their own; a
``Relation`` joins the first two and ``Count`` says what one duty stands for.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from tanxin.core.calendar import OffsetUnit, PeriodKind
from tanxin.core.policy.dated import ONCE, Dated

if TYPE_CHECKING:
    from tanxin.core.policy.own import OwnWords


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
    """What makes a person one of those meant; ``ANY`` is any of several such things."""

    SEAT = "seat"
    BRANCH = "branch"
    HEAD = "head"
    POST = "post"
    ANYONE = "anyone"
    DISCIPLINE = "discipline"
    ANY = "any"


class Relation(StrEnum):
    """How initiator and subject belong together.

    ``BELOW``: the subject stands in a unit under the initiator's; ``ABOVE``: the other way round.
    ``AUTHORITY``: the initiator's unit manages the subject (干部管理权限). ``RECEPTION``: the
    subject is whoever comes to the initiator's unit.
    """

    TEAM = "team"
    BRANCH = "branch"
    CHARGE = "charge"
    CONTACT = "contact"
    UNIT = "unit"
    BELOW = "below"
    ABOVE = "above"
    AUTHORITY = "authority"
    RECEPTION = "reception"


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


class Share(StrEnum):
    """Who answers for a subject whom any of several may talk with."""

    LEAD = "lead"
    SPREAD = "spread"


class Side(StrEnum):
    INITIATOR = "initiator"
    SUBJECT = "subject"
    EITHER = "either"


class TextReason(StrEnum):
    """Why a rule is shown and never derived."""

    UNMEASURABLE = "unmeasurable"
    ABOUT_OTHERS = "about_others"
    ON_REQUEST = "on_request"
    NUMBER_UNKNOWN = "number_unknown"


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
    """``roles`` and ``teams`` narrow a seat, a branch role or the level of a post.

    ``parts`` are the holders of ``Holding.ANY``.
    """

    holding: Holding
    roles: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    parts: tuple["Holder", ...] = ()


@dataclass(frozen=True, slots=True)
class Trait:
    """What a person is by a table: one of ``values`` of a ``kind`` such as rank or politics."""

    kind: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Years:
    """Years since a personal date: at least so many, and fewer than ``below`` where given."""

    since: str
    at_least: int = 0
    below: int | None = None


@dataclass(frozen=True, slots=True)
class Distance:
    amount: Dated
    unit: OffsetUnit


@dataclass(frozen=True, slots=True)
class Talked:
    """Somebody was talked with, in a talk of one of ``kinds`` (or types), so long ago at most."""

    kinds: tuple[str, ...]
    within: Distance


@dataclass(frozen=True, slots=True)
class Selector:
    """Whom: those who hold something, where asked for while something else is true of them.

    Every narrowing must hold on the day, any word of one will do. ``talked`` looks at history,
    ``also`` at what they hold anywhere else.
    """

    holder: Holder
    states: tuple[str, ...] = ()
    not_states: tuple[str, ...] = ()
    traits: tuple[Trait, ...] = ()
    years: tuple[Years, ...] = ()
    talked: Talked | None = None
    not_talked: Talked | None = None
    also: Holder | None = None


@dataclass(frozen=True, slots=True)
class Resolver(Selector):
    """Who owes it; a delegate may hold the talk for him where the rule is ``delegable``."""


@dataclass(frozen=True, slots=True)
class Joined:
    """``contacts`` narrows ``Relation.CONTACT`` to these kinds.

    ``depth`` counts the steps of the tree between the two units; 0 means any number.
    """

    relation: Relation
    contacts: tuple[str, ...] = ()
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A period of a calendar of one's own: a term, a round, a campaign; ``last`` is in it."""

    code: str
    start: date
    last: date


class Parity(StrEnum):
    ODD = "odd"
    EVEN = "even"


@dataclass(frozen=True, slots=True)
class Only:
    """Which of the periods count: by ``parity``, by their ``numbers``, or while a stretch lasts.

    Numbers are those of the year (January is 1) or, with ``during``, from the stretch's first on.
    """

    parity: Parity | None = None
    numbers: tuple[int, ...] = ()
    during: tuple[Stretch, ...] = ()
    in_terms: bool = False


@dataclass(frozen=True, slots=True)
class EachPeriod:
    """At least ``at_least`` in each ``period``; with ``spread`` as many in each part of it.

    ``own`` are the periods of a calendar of one's own. ``before`` names events that the talks of
    their period come before, by the distance ``by``. ``percent`` makes ``at_least`` a share of
    those meant at the place on the first day.
    """

    at_least: Dated
    period: PeriodKind
    spread: PeriodKind | None = None
    own: tuple[Stretch, ...] = ()
    only: Only = Only()
    before: tuple[str, ...] = ()
    by: Distance | None = None
    percent: bool = False


@dataclass(frozen=True, slots=True)
class AfterEvent:
    """Within a distance after an event of a kind, or after somebody came into a state.

    Also after a state ``ended``, after a talk of one of the kinds or types ``talks`` with the
    subject, or after a duty of one of the rules ``lapsed`` of the initiator's, who is then the
    subject. It opens ``opening`` later where that is given. An event of a unit reaches all units
    under it with ``below``.
    """

    within: Distance
    events: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    talks: tuple[str, ...] = ()
    lapsed: tuple[str, ...] = ()
    opening: Distance | None = None
    at_least: Dated = ONCE
    below: bool = False


@dataclass(frozen=True, slots=True)
class BeforeEvent:
    """Done ``by`` a distance before an event to come, counted from ``opening`` before it.

    ``nodes`` are festivals of the calendar, which come everywhere by themselves.
    """

    events: tuple[str, ...]
    by: Distance
    opening: Distance
    nodes: tuple[str, ...] = ()
    at_least: Dated = ONCE
    below: bool = False


@dataclass(frozen=True, slots=True)
class YearlyDate:
    """Around a personal date each year, from ``opening`` before it to ``within`` after it.

    ``every`` keeps to the anniversaries whose number it divides.
    """

    dates: tuple[str, ...]
    opening: Distance
    within: Distance
    every: int = 1
    at_least: Dated = ONCE


Time = EachPeriod | AfterEvent | BeforeEvent | YearlyDate


@dataclass(frozen=True, slots=True)
class Exemption:
    """A named exception: days in one of ``states`` do not count for the people of ``side``."""

    id: str
    title: Title
    states: tuple[str, ...]
    side: Side


@dataclass(frozen=True, slots=True)
class Sample:
    """So many of those meant at a place on the first day, or so many per cent of them.

    Who was talked with because of the rule less than ``rest`` before is left out.
    """

    amount: Dated
    percent: bool
    rest: Distance | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """The part of a rule that duties are derived from; a rule in words only has none.

    With ``pro_rata`` whoever is there for a part of the time owes, or is owed, that part of the
    talks. ``delegable`` lets an approved delegate hold them; they count for the principal.
    """

    who: Resolver
    whom: Selector
    joined: Joined
    time: Time
    count: Count
    mutual: bool
    sample: Sample | None = None
    share: Share = Share.LEAD
    pro_rata: bool = False
    delegable: bool = False


@dataclass(frozen=True, slots=True)
class Ways:
    """Channels that will do as well while the subject is in a state."""

    state: str
    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """How many are talked with at once; ``most`` is 0 where nothing is said."""

    least: int = 1
    most: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What is told to whom how often, from talks taken together; nothing about anybody."""

    each: PeriodKind
    to: str
    reply: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """``replaces`` names the upper rule that this one stands for, as ``pack/rule``.

    ``kind`` is one of the four or the organisation's own, ``type`` a type below it or empty.
    """

    id: str
    title: Title
    kind: str
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
    type: str = ""
    ways: tuple[Ways, ...] = ()
    size: Size = Size()
    report: tuple[Report, ...] = ()
    assessed: bool = False
    answer: Distance | None = None


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
    own: "OwnWords | None" = None
