"""What indicators, standings and faults are called."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tanxin.core.appraisal import Fault, Indicator, Standing
from tanxin.core.echoes import EchoAnswer
from tanxin.web.tones import Tone

INDICATORS = {
    Indicator.COVERAGE: _("Talks that were owed were held"),
    Indicator.CONFIRMED: _("Records were confirmed by the one talked with"),
    Indicator.ON_TIME: _("Measures were reported by their day"),
    Indicator.CLOSURE: _("Issues were solved, as somebody else found"),
    Indicator.EFFECT: _("It really helped, as was found weeks later"),
    Indicator.RECURRENCE: _("What was closed did not come again"),
    Indicator.VIEW: _("How those talked with see it"),
    Indicator.REQUESTS: _("Requests for a talk were answered in time"),
    Indicator.REPLIED: _("Who raised something got an answer"),
}
COUNTED = {
    Indicator.COVERAGE: _("Of the talks due in the year: those held by its end."),
    Indicator.CONFIRMED: _("Of the talks held: those whose record its subject has confirmed."),
    Indicator.ON_TIME: _("Of the measures due in the year: those reported by their day."),
    Indicator.CLOSURE: _("Of what was raised: what a verifier, never the owner, found solved."),
    Indicator.EFFECT: _("Of what was closed and looked at again: what helped; in part is half."),
    Indicator.RECURRENCE: _(
        "Of what was closed: what the same person did not have to raise again in its kind."
    ),
    Indicator.VIEW: _(
        "Answers given in private, as far as they may be made known, and opinions given through"
        " others where five or more gave one; in part is half."
    ),
    Indicator.REQUESTS: _("Of the requests to be answered in the year: those answered in time."),
    Indicator.REPLIED: _(
        "Of what was raised: what was answered, also by saying why it cannot be solved now."
    ),
}
STANDINGS = {
    Standing.GIVEN: pgettext_lazy("yearly result", "given"),
    Standing.TOO_LITTLE: _("too little evidence"),
    Standing.BELOW: _("threshold not reached"),
}
STANDING_TONES = {
    Standing.GIVEN: Tone.GOOD, Standing.TOO_LITTLE: Tone.REST, Standing.BELOW: Tone.WARN,
}  # fmt: skip
SCHEME_STATES = {
    "writing": pgettext_lazy("scheme", "draft"),
    "proposed": pgettext_lazy("scheme", "waits for a second person"),
    "published": pgettext_lazy("scheme", "in force"),
    "dropped": pgettext_lazy("scheme", "given up"),
}
SCHEME_TONES = {
    "writing": Tone.REST, "proposed": Tone.WARN, "published": Tone.GOOD, "dropped": Tone.REST,
}  # fmt: skip
VERDICTS = {
    "": pgettext_lazy("appeal", "waits for a decision"),
    "granted": pgettext_lazy("appeal", "granted"),
    "refused": pgettext_lazy("appeal", "not granted"),
    "withdrawn": pgettext_lazy("appeal", "taken back"),
}
VERDICT_TONES = {
    "": Tone.WARN, "granted": Tone.GOOD, "refused": Tone.REST, "withdrawn": Tone.REST,
}  # fmt: skip
FAULTS = {
    Fault.NOT_A_HUNDRED: _("The weights must add up to 100."),
    Fault.PROCESS_ABOVE_RESULT: _(
        "Process weighs more than results. What was solved counts, not how talks were gone"
        " through: lower the weights of the process, or raise those of the results."
    ),
    Fault.THRESHOLD_WEIGHED: _("Coverage is a threshold only and carries no weight."),
    Fault.COVERAGE_WITHOUT_FLOOR: _("Say how much coverage must be reached."),
    Fault.RESULT_AS_THRESHOLD: _("Only what belongs to the process can be a threshold."),
    Fault.OUT_OF_BOUNDS: _("A number is out of its bounds."),
    Fault.ONE_RESULT_ALONE: _("One result alone carries everything: weigh at least two."),
}
HALVES = {
    2: pgettext_lazy("evidence", "as it should be"),
    1: pgettext_lazy("evidence", "in part"),
    0: pgettext_lazy("evidence", "not so"),
}
CHANGES = {
    "out": pgettext_lazy("evidence", "left out after an appeal"),
    "met": pgettext_lazy("evidence", "counted as it should be after an appeal"),
}
WAYS = {
    "visit": pgettext_lazy("opinion", "at a visit"),
    "phone": pgettext_lazy("opinion", "by phone"),
    "letter": pgettext_lazy("opinion", "by letter"),
    "meeting": pgettext_lazy("opinion", "at a meeting"),
}
ANSWERS = {
    EchoAnswer.YES: pgettext_lazy("opinion", "Yes, it helped"),
    EchoAnswer.PARTLY: pgettext_lazy("opinion", "In part"),
    EchoAnswer.NO: pgettext_lazy("opinion", "No"),
}


def in_words(tenths: int | None) -> str:
    """As people write it: 82.4."""
    return "" if tenths is None else f"{tenths // 10}.{tenths % 10}"
