"""What somebody who was named to endorse a record may say to it."""

from django.forms import Form
from django.utils.translation import gettext_lazy

from tanxin.apps.talks.beside import parts_to_endorse, waits_for_endorsement
from tanxin.apps.talks.groups import in_force
from tanxin.apps.talks.selectors import TalkRow
from tanxin.core.access import Actor, Permission, Relation, decide
from tanxin.web.talks.forms import DigestForm, words


class EndorseForm(DigestForm):
    remark = None  # type: ignore[assignment] # leaves the field out, as Django does it


class SendBackForm(EndorseForm):
    reason = words(
        gettext_lazy("Reason"), help_text=gettext_lazy("Whoever leads the talk reads it.")
    )


def endorse_forms(
    actor: Actor, talk: TalkRow, relations: frozenset[Relation], bound: dict[str, Form]
) -> dict[str, Form]:
    """The two forms, while the version on the page waits for this reader's word."""
    if not decide(Permission.RECORD_ENDORSE, relations).allowed or not waits_for_endorsement(talk):
        return {}
    found = in_force(talk)
    if found.version is None or not parts_to_endorse(actor, talk, found.version.pk):
        return {}
    seen = {"digest": found.digest.hex()}
    return {
        "endorse": EndorseForm(initial=seen, prefix="endorse"),
        "send_back": bound.get("send_back") or SendBackForm(initial=seen, prefix="back"),
    }
