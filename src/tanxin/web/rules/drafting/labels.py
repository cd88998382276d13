"""What the words of the rule language are called on a form; ``schema`` has one for each of them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Words = Mapping[str, Promise]

ORGANISATIONS: Words = {
    "any": pgettext_lazy("organisation", "any"),
    "organ": pgettext_lazy("organisation", "organ of party or state"),
    "university": pgettext_lazy("organisation", "university"),
    "school": pgettext_lazy("organisation", "school"),
    "hospital": pgettext_lazy("organisation", "hospital"),
    "company": pgettext_lazy("organisation", "company"),
    "court": pgettext_lazy("organisation", "court or procuratorate"),
    "township": pgettext_lazy("organisation", "township or street"),
}
SHARES: Words = {
    "lead": pgettext_lazy("share", "the one who leads answers for all"),
    "spread": pgettext_lazy("share", "each has a part of those meant, by lot"),
}
SIDES: Words = {
    "initiator": pgettext_lazy("side", "who leads the talk"),
    "subject": pgettext_lazy("side", "who is talked with"),
    "either": pgettext_lazy("side", "either of the two"),
}
PARTS: Words = {
    "initiator": pgettext_lazy("part", "who leads the talk"),
    "subject": pgettext_lazy("part", "who is talked with"),
    "recorder": pgettext_lazy("part", "recorder"),
    "accompanist": pgettext_lazy("part", "somebody who accompanies"),
    "interpreter": pgettext_lazy("part", "interpreter"),
    "volunteer": pgettext_lazy("part", "volunteer"),
    "party_secretary": pgettext_lazy("part", "party secretary"),
    "chief": pgettext_lazy("part", "chief"),
    "discipline": pgettext_lazy("part", "discipline inspection"),
    "organisation": pgettext_lazy("part", "organisation department"),
}
SIGNINGS: Words = {
    "login": pgettext_lazy("signing", "by showing once more who one is"),
    "handwriting": pgettext_lazy("signing", "by hand on the screen"),
    "certificate": pgettext_lazy("signing", "by certificate, beside the login"),
}
GRADES: Words = {
    "ordinary": pgettext_lazy("grade", "the ordinary circle"),
    "limited": pgettext_lazy("grade", "a named circle"),
    "parties": pgettext_lazy("grade", "the two alone"),
}
UNITS: Words = {
    "days": pgettext_lazy("unit of time", "days"),
    "working_days": pgettext_lazy("unit of time", "working days"),
    "weeks": pgettext_lazy("unit of time", "weeks"),
    "months": pgettext_lazy("unit of time", "months"),
    "years": pgettext_lazy("unit of time", "years"),
}
GENDERS: Words = {
    "m": pgettext_lazy("gender", "men"),
    "f": pgettext_lazy("gender", "women"),
}

HOLDERS: Words = {
    "seat": pgettext_lazy("holder", "a place in a team"),
    "branch": pgettext_lazy("holder", "a part in a party branch"),
    "head": pgettext_lazy("holder", "heads of departments and units, all of them"),
    "post": pgettext_lazy("holder", "the level of a post"),
    "anyone": pgettext_lazy("holder", "everybody the relation joins"),
    "any": pgettext_lazy("holder", "any of several of these"),
}
RULE: Words = {
    "id": pgettext_lazy("rule", "Code of the rule"),
    "title": pgettext_lazy("rule", "Title"),
    "who": pgettext_lazy("rule", "Who talks"),
    "whom": pgettext_lazy("rule", "With whom"),
    "relation": pgettext_lazy("rule", "How the two belong together"),
    "time": pgettext_lazy("rule", "When and how often"),
    "count": pgettext_lazy("rule", "What one duty stands for"),
    "mutual": pgettext_lazy("rule", "A duty of both: either may lead"),
    "sample": pgettext_lazy("rule", "Only a sample of those meant"),
    "share": pgettext_lazy("rule", "Who answers, where several may talk"),
    "pro_rata": pgettext_lazy("rule", "Whoever is there for a part of the time has a part"),
    "delegable": pgettext_lazy("rule", "An approved delegate may hold it"),
    "kind": pgettext_lazy("rule", "Kind of talk"),
    "type": pgettext_lazy("rule", "Type of talk of your own"),
    "form": pgettext_lazy("rule", "Form"),
    "size": pgettext_lazy("rule", "How many at once"),
    "channel": pgettext_lazy("rule", "Ways to hold it"),
    "ways": pgettext_lazy("rule", "Other ways while somebody is in a state"),
    "follow_up": pgettext_lazy("rule", "Afterwards"),
    "report": pgettext_lazy("rule", "Report from all talks together"),
    "assessed": pgettext_lazy("rule", "Looked at in the yearly appraisal"),
    "answer": pgettext_lazy("rule", "Whoever asks has an answer within"),
    "cites": pgettext_lazy("rule", "Clauses it rests on"),
    "except": pgettext_lazy("rule", "Exceptions"),
    "text_only": pgettext_lazy("rule", "In words only, not counted, because"),
    "replaces": pgettext_lazy("rule", "Stands for an upper rule"),
    "rows": pgettext_lazy("rule", "Rows, where one rule has several cases"),
    "row": pgettext_lazy("rule", "Code of the row"),
}
NARROWING: Words = {
    "state": pgettext_lazy("narrowing", "Only while in one of these states"),
    "not_state": pgettext_lazy("narrowing", "Not while in one of these states"),
    "rank": pgettext_lazy("narrowing", "Only of these ranks"),
    "politics": pgettext_lazy("narrowing", "Only of this political affiliation"),
    "gender": pgettext_lazy("narrowing", "Only men, or only women"),
    "years": pgettext_lazy("narrowing", "Only so many years after a personal date"),
    "talked": pgettext_lazy("narrowing", "Only whoever had such a talk shortly before"),
    "not_talked": pgettext_lazy("narrowing", "Only whoever had no such talk shortly before"),
    "also": pgettext_lazy("narrowing", "Only whoever holds this as well"),
    "of": pgettext_lazy("narrowing", "In which team"),
}
TIME: Words = {
    "at_least": pgettext_lazy("time", "At least how many talks"),
    "each": pgettext_lazy("time", "In each"),
    "only": pgettext_lazy("time", "Only in these of them"),
    "during": pgettext_lazy("time", "Only during"),
    "spread": pgettext_lazy("time", "Spread evenly over each"),
    "within": pgettext_lazy("time", "Within"),
    "after": pgettext_lazy("time", "After what"),
    "before": pgettext_lazy("time", "Before what"),
    "by": pgettext_lazy("time", "Done at least so long before it"),
    "from": pgettext_lazy("time", "Opens so long before or after it"),
    "around": pgettext_lazy("time", "Around which personal date"),
    "every": pgettext_lazy("time", "Only each so many years"),
    "event": pgettext_lazy("time", "Event"),
    "state": pgettext_lazy("time", "Coming into a state"),
    "ended": pgettext_lazy("time", "End of a state"),
    "talk": pgettext_lazy("time", "A talk of this kind or type"),
    "lapsed": pgettext_lazy("time", "A duty that was let go by, of these rules"),
    "below": pgettext_lazy("time", "An event of a unit reaches all under it"),
    "node": pgettext_lazy("time", "Festival"),
}
TIMES: Words = {
    "each": pgettext_lazy("time", "so often in each period"),
    "after": pgettext_lazy("time", "within a time after something"),
    "before": pgettext_lazy("time", "before something to come"),
    "around": pgettext_lazy("time", "around a personal date each year"),
}
MANNER: Words = {
    "title": pgettext_lazy("manner", "Title"),
    "kind": pgettext_lazy("manner", "Below which kind"),
    "form": pgettext_lazy("manner", "Form"),
    "channel": pgettext_lazy("manner", "Ways to hold it"),
    "ways": pgettext_lazy("manner", "Other ways while somebody is in a state"),
    "held_by": pgettext_lazy("manner", "Who may hold it"),
    "parts": pgettext_lazy("manner", "Who else takes part"),
    "preparation": pgettext_lazy("manner", "What is done before"),
    "fields": pgettext_lazy("manner", "Fields of the record"),
    "approval": pgettext_lazy("manner", "Who approves it before"),
    "endorsement": pgettext_lazy("manner", "Who signs the papers after"),
    "signature": pgettext_lazy("manner", "Who signs the record"),
    "signing": pgettext_lazy("manner", "How it is signed"),
    "grade": pgettext_lazy("manner", "Who may know"),
    "retention": pgettext_lazy("manner", "Kept for"),
    "counts": pgettext_lazy("manner", "Meets duties that do not name this type"),
    "effect": pgettext_lazy("manner", "Weighs for"),
    "follow_up": pgettext_lazy("manner", "Afterwards"),
    "clock": pgettext_lazy("manner", "The follow-up is due within"),
}
CITATION: Words = {
    "document": pgettext_lazy("clause", "Document"),
    "year": pgettext_lazy("clause", "Year"),
    "article": pgettext_lazy("clause", "Article"),
    "section": pgettext_lazy("clause", "Section, where there are no articles"),
    "issued": pgettext_lazy("clause", "Issued by which level"),
    "clause": pgettext_lazy("clause", "What it says, in your own words"),
    "source": pgettext_lazy("clause", "Where you have it from"),
    "verified": pgettext_lazy("clause", "Checked against the original"),
    "verified_by": pgettext_lazy("clause", "Who checked it"),
    "verified_on": pgettext_lazy("clause", "Checked on"),
}
PACK: Words = {
    "pack": pgettext_lazy("pack", "Code of the pack"),
    "title": pgettext_lazy("pack", "Title"),
    "version": pgettext_lazy("pack", "Version"),
    "level": pgettext_lazy("pack", "Level"),
    "organisations": pgettext_lazy("pack", "For which organisations"),
    "extends": pgettext_lazy("pack", "Packs above it, which are a floor"),
    "valid": pgettext_lazy("pack", "Valid"),
    "parameters": pgettext_lazy("pack", "Numbers that change with time"),
    "citations": pgettext_lazy("pack", "Clauses"),
    "rules": pgettext_lazy("pack", "Rules"),
    "words": pgettext_lazy("pack", "Words of your own"),
    "kinds": pgettext_lazy("pack", "Kinds of talk"),
    "types": pgettext_lazy("pack", "Types of talk"),
    "calendars": pgettext_lazy("pack", "Terms, rounds and campaigns"),
}
WORDS: Words = {
    "states": pgettext_lazy("own words", "States of a person"),
    "events": pgettext_lazy("own words", "Events"),
    "contacts": pgettext_lazy("own words", "Relations beside the chart"),
}
HELP: Words = {
    "id": pgettext_lazy(
        "help", "Small letters, digits and hyphens; it is never used again for another rule."
    ),
    "version": pgettext_lazy(
        "help", "Changes with the text. Past periods keep the version they had."
    ),
    "at_least": pgettext_lazy("help", "A number, or the name of a number that changes with time."),
    "only": pgettext_lazy("help", "Numbers such as 1, 7; or odd, or even."),
    "clause": pgettext_lazy("help", "Everybody who owes a talk reads this."),
    "extends": pgettext_lazy(
        "help", "A rule that stands for one of theirs may ask for more, never for less."
    ),
}
