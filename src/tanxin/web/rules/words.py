"""Words for what a pack can say."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tanxin.core.policy.schema import TextReason

Words = Mapping[str, Promise]

LEVELS: Words = {
    "national": pgettext_lazy("level", "national"),
    "sector": pgettext_lazy("level", "sector"),
    "local": pgettext_lazy("level", "local"),
    "unit": pgettext_lazy("level", "own unit"),
}
TEXT_REASONS: Words = {
    TextReason.UNMEASURABLE: _(
        "The clause names no number and no day. Who counted it would invent one."
    ),
    TextReason.ABOUT_OTHERS: _(
        "Such talks are about a third person and belong to another procedure."
    ),
    TextReason.NUMBER_UNKNOWN: _("The text we have does not say how many. Look it up first."),
    TextReason.ON_REQUEST: _("It holds when somebody asks; requests are answered under Talks."),
}
FORMS: Words = {
    "individual": pgettext_lazy("form", "one to one"),
    "collective": pgettext_lazy("form", "in a group"),
    "either": pgettext_lazy("form", "one to one or in a group"),
}
CHANNELS: Words = {
    "face": pgettext_lazy("channel", "face to face"),
    "phone": pgettext_lazy("channel", "phone"),
    "video": pgettext_lazy("channel", "video"),
    "message": pgettext_lazy("channel", "message"),
    "mail": pgettext_lazy("channel", "letter or e-mail"),
    "visit": pgettext_lazy("channel", "visit"),
}
FOLLOW_UPS: Words = {
    "feedback": pgettext_lazy("follow-up", "answer what was raised"),
    "measures": pgettext_lazy("follow-up", "set measures"),
    "report": pgettext_lazy("follow-up", "report"),
    "visit": pgettext_lazy("follow-up", "visit"),
}
SEATS: Words = {
    "chief": pgettext_lazy("holder", "the chief"),
    "deputy": pgettext_lazy("holder", "deputies"),
    "member": pgettext_lazy("holder", "members"),
}
BRANCH: Words = {
    "secretary": pgettext_lazy("holder", "the branch secretary"),
    "deputy": pgettext_lazy("holder", "deputy secretaries"),
    "committee": pgettext_lazy("holder", "committee members"),
    "member": pgettext_lazy("holder", "party members"),
}
POSTS: Words = {
    "chief": pgettext_lazy("holder", "the chief by post"),
    "deputy": pgettext_lazy("holder", "deputies by post"),
    "member": pgettext_lazy("holder", "members by post"),
    "head": pgettext_lazy("holder", "heads of departments"),
    "deputy_head": pgettext_lazy("holder", "deputy heads of departments"),
    "staff": pgettext_lazy("holder", "staff"),
}
CONTACTS: Words = {
    "liaison": pgettext_lazy("relation", "kept in touch with"),
    "pair": pgettext_lazy("relation", "paired"),
    "area": pgettext_lazy("relation", "looked after by area"),
    "mentor": pgettext_lazy("relation", "mentored"),
}
RELATIONS: Words = {
    "team": pgettext_lazy("relation", "of the same team"),
    "branch": pgettext_lazy("relation", "of the same branch"),
    "charge": pgettext_lazy("relation", "where the one is in charge of the other's unit"),
    "unit": pgettext_lazy("relation", "of the same unit"),
    "below": pgettext_lazy("relation", "of units below"),
    "above": pgettext_lazy("relation", "of units above"),
    "authority": pgettext_lazy("relation", "whom the one's unit manages"),
    "reception": pgettext_lazy("relation", "who come to be received"),
}
PERIODS: Words = {
    "week": pgettext_lazy("each", "week"),
    "month": pgettext_lazy("each", "month"),
    "quarter": pgettext_lazy("each", "quarter"),
    "half": pgettext_lazy("each", "half-year"),
    "term": pgettext_lazy("each", "term"),
    "year": pgettext_lazy("each", "year"),
    "custom": pgettext_lazy("each", "period of our own"),
}
DATES: Words = {
    "birthday": pgettext_lazy("date", "birthday"),
    "party": pgettext_lazy("date", "day of joining the Party"),
    "work": pgettext_lazy("date", "day of beginning to work"),
    "post": pgettext_lazy("date", "day of taking up the post"),
}
PARITIES: Words = {
    "odd": pgettext_lazy("periods", "odd ones"),
    "even": pgettext_lazy("periods", "even ones"),
}
NODES: Words = {
    "new-year": pgettext_lazy("festival", "New Year"),
    "spring-festival": pgettext_lazy("festival", "Spring Festival"),
    "lantern": pgettext_lazy("festival", "Lantern Festival"),
    "qingming": pgettext_lazy("festival", "Qingming"),
    "labour-day": pgettext_lazy("festival", "Labour Day"),
    "dragon-boat": pgettext_lazy("festival", "Dragon Boat Festival"),
    "party-day": pgettext_lazy("festival", "1 July"),
    "national-day": pgettext_lazy("festival", "National Day"),
    "mid-autumn": pgettext_lazy("festival", "Mid-Autumn Festival"),
    "double-ninth": pgettext_lazy("festival", "Double Ninth Festival"),
}
COUNTS: Words = {
    "pair": _("each of the one side with each of the other"),
    "subject": _("each of those meant once, with any one of the other side"),
    "initiator": _("each with anyone of those meant"),
    "partners": _("each with as many different people"),
}
EVENTS: Words = {
    "democratic_life_meeting": pgettext_lazy("event", "democratic-life meeting"),
    "organisational_life_meeting": pgettext_lazy("event", "organisational-life meeting"),
    "democratic_review": pgettext_lazy("event", "democratic review"),
    "branch_meeting": pgettext_lazy("event", "branch meeting"),
    "theme_day": pgettext_lazy("event", "theme party day"),
    "holiday": pgettext_lazy("event", "holiday"),
    "major_task": pgettext_lazy("event", "major task"),
    "key_meeting": pgettext_lazy("event", "important meeting"),
    "restructuring": pgettext_lazy("event", "restructuring"),
    "major_rule": pgettext_lazy("event", "major new rule"),
    "inspection": pgettext_lazy("event", "inspection"),
    "election": pgettext_lazy("event", "election"),
    "appointment": pgettext_lazy("event", "appointment"),
    "transfer": pgettext_lazy("event", "transfer"),
    "dismissal": pgettext_lazy("event", "removal from a post"),
    "departure": pgettext_lazy("event", "departure"),
    "retirement": pgettext_lazy("event", "retirement"),
    "joining": pgettext_lazy("event", "joining the organisation"),
    "membership_transfer": pgettext_lazy("event", "transfer of membership"),
    "application": pgettext_lazy("event", "application for membership"),
    "activist": pgettext_lazy("event", "becoming an activist"),
    "probation": pgettext_lazy("event", "probationary membership"),
    "full_member": pgettext_lazy("event", "full membership"),
    "probation_extended": pgettext_lazy("event", "extended probation"),
    "political_birthday": pgettext_lazy("event", "political birthday"),
    "award": pgettext_lazy("event", "award"),
    "reminder": pgettext_lazy("event", "reminder"),
    "admonition": pgettext_lazy("event", "admonition"),
    "sanction": pgettext_lazy("event", "sanction"),
    "sanction_ended": pgettext_lazy("event", "end of a sanction"),
    "illness": pgettext_lazy("event", "illness"),
    "discharge": pgettext_lazy("event", "discharge from hospital"),
    "bereavement": pgettext_lazy("event", "bereavement"),
    "family_change": pgettext_lazy("event", "change in the family"),
    "petition": pgettext_lazy("event", "petition"),
    "abroad": pgettext_lazy("event", "going abroad"),
    "major_decision": pgettext_lazy("event", "major decision"),
    "new_leader": pgettext_lazy("event", "new leader"),
    "rotation": pgettext_lazy("event", "rotation"),
    "demotion": pgettext_lazy("event", "demotion"),
    "resignation": pgettext_lazy("event", "resignation"),
    "probation_passed": pgettext_lazy("event", "end of the trial period"),
    "appraisal": pgettext_lazy("event", "appraisal"),
    "long_training": pgettext_lazy("event", "long training"),
    "criticism": pgettext_lazy("event", "criticism"),
    "accountability": pgettext_lazy("event", "being held to account"),
    "task_missed": pgettext_lazy("event", "task not done"),
    "ranked_low": pgettext_lazy("event", "low in the ranking"),
    "hardship": pgettext_lazy("event", "hardship"),
    "setback": pgettext_lazy("event", "setback"),
    "low_spirits": pgettext_lazy("event", "low spirits"),
    "distress": pgettext_lazy("event", "distress"),
    "found_again": pgettext_lazy("event", "found again"),
    "early_sign": pgettext_lazy("event", "early sign"),
    "minor_breach": pgettext_lazy("event", "slight breach"),
    "poor_review": pgettext_lazy("event", "poor review"),
    "not_reported": pgettext_lazy("event", "something not reported"),
    "team_discord": pgettext_lazy("event", "discord in the team"),
    "dispute": pgettext_lazy("event", "dispute between departments"),
    "overstayed": pgettext_lazy("event", "leave overstayed"),
    "accident": pgettext_lazy("event", "breach of rules or accident"),
    "slackness": pgettext_lazy("event", "slackness"),
    "role_lapse": pgettext_lazy("event", "no example to others"),
    "emergency": pgettext_lazy("event", "emergency"),
    "request": pgettext_lazy("event", "request for a talk"),
}


def word(words: Mapping[str, Promise | str], code: str) -> str:
    """The word for a code; the code itself where a pack is newer than this table."""
    return str(words.get(code, code))
