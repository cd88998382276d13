"""What supervision finds in the demo: each sort of question, once rightly and once in vain."""

from tanxin.apps.oversight.models import Signal
from tanxin.core.oversight.facts import Sign

EVERY = {sign.value for sign in Sign}


def each_question_was_right_once_and_harmless_once(realm_id):
    settled = Signal.objects.filter(realm=realm_id, state="settled", note__isnull=False)
    in_vain = settled.filter(outcome="nothing", explanation__isnull=False)
    assert set(in_vain.values_list("sign", flat=True)) == EVERY
    rightly = settled.exclude(outcome="nothing")
    assert set(rightly.values_list("sign", flat=True)) == EVERY
    assert set(rightly.values_list("outcome", flat=True)) == {"talked", "put_right", "handed_on"}
    waiting = Signal.objects.filter(realm=realm_id, state="open")
    assert waiting.filter(explanation=None).exists()
    assert waiting.filter(explanation__isnull=False).exists()
