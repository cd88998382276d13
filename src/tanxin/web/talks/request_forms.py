from django import forms
from django.utils.translation import gettext_lazy as _

from tanxin.web.access.choosing import ChoosingForm
from tanxin.web.issues.people import PersonField
from tanxin.web.named_form import NamedForm
from tanxin.web.talks.forms import once, words
from tanxin.web.talks.words import CHANNELS


class AskForOtherForm(ChoosingForm):
    """What an organiser asks for somebody without an account."""

    form = once()
    person = PersonField(
        label=_("For whom"), help_text=_("Somebody without an account who asked you to do so.")
    )
    asked = PersonField(label=_("Who is asked"))
    topic = words(
        _("Topic of the talk"),
        required=False,
        help_text=_(
            "In the words you were told. Once sent, only the one who is asked can read it; you"
            " cannot open it again."
        ),
    )
    channel = forms.ChoiceField(label=_("How"), choices=list(CHANNELS.items()))
    field_order = ("person", "asked", "topic", "channel")


class SuggestForm(ChoosingForm):
    person = PersonField(label=_("Who could help better"))


class ForwardForm(NamedForm):
    topic = words(
        _("What you want to talk about"),
        required=False,
        help_text=_("As you wrote it. Change what the other need not know."),
    )
