"""Looking for words in what one may open oneself. They are sent, never put into an address."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from tanxin.apps.archive.services import RecordRow, search_texts
from tanxin.apps.talks.access import own_talks, visible_requests
from tanxin.web.directory import directory_of
from tanxin.web.named_form import NamedForm
from tanxin.web.readable import readable
from tanxin.web.requests import ActorRequest
from tanxin.web.talks.showing import people_of

SHOWN = 50
MOST_WORDS = 8
PAGES = {
    "talk": "talks:talk",
    "request": "talks:request",
    "group": "talks:group",
    "issue": "issues:issue",
    "feedback": "feedback:feedback",
    "lead": "leads:lead",
}
# Who wrote it is kept from who reads it.
UNSIGNED = frozenset({"feedback", "lead"})
KINDS: dict[str, tuple[Promise | str, str]] = {
    "record": (_("Record of a talk"), "file-text"),
    "memo": (_("Your own memo"), "lock"),
    "outline": (_("Your own outline"), "lock"),
    "remark": (_("Remark"), "message-2"),
    "reason": (_("Reason"), "message-2"),
    "topic": (_("What about"), "message-2"),
    "issue": (_("Issue"), "tool"),
    "measure": (_("Measure"), "tool"),
    "evidence": (_("What was done"), "tool"),
    "answer": (pgettext_lazy("text", "Answer"), "message-2"),
}


class SearchForm(NamedForm):
    words = forms.CharField(
        label=_("Words"),
        max_length=60,
        validators=[readable],
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "class": "form-control"}
        ),
    )

    @property
    def asked(self) -> list[str]:
        words: list[str] = self.cleaned_data["words"].split()
        return words[:MOST_WORDS]


@dataclass(frozen=True, slots=True)
class Found:
    url: str
    label: Promise | str
    sign: str
    other: str
    person: UUID | None
    at: datetime


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: ActorRequest) -> HttpResponse:
    """The page; the words come by POST and the answer names texts without opening them."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    page: dict[str, object] = {"form": form, "most": SHOWN}
    if form.is_bound and form.is_valid():
        page["found"] = with_counterparts(request, search_texts(request.actor, form.asked)[:SHOWN])
    wrong = form.is_bound and not form.is_valid()
    return render(request, "talks/search.html", page, status=422 if wrong else 200)


def with_counterparts(request: ActorRequest, records: list[RecordRow]) -> list[Found]:
    """Each text with the other one of its talk or request; of an issue nobody is named."""
    actor, names = request.actor, directory_of(request)
    about = [one.about_id for one in records]
    others = {
        talk.pk: people_of(actor, talk, names) for talk in own_talks(actor).filter(pk__in=about)
    }
    for asked in visible_requests(actor).filter(pk__in=about):
        by_me = asked.asker_id == actor.person_id
        others[asked.pk] = names.name(asked.asked_id if by_me else asked.asker_id)
    return [found(one, others.get(one.about_id, "")) for one in records]


def found(record: RecordRow, other: str) -> Found:
    label, sign = KINDS.get(record.kind, (_("Text"), "file-text"))
    if (record.about_kind, record.kind) == ("issue", "remark"):
        label = _("What was said of the outcome")
    url = (
        reverse(PAGES[record.about_kind], args=[record.about_id])
        if record.about_kind in PAGES
        else ""
    )
    author = None if record.about_kind in UNSIGNED else record.author_id
    return Found(url, label, sign, other, author, record.created_at)
