"""All drafts, and a new one: empty, from a published pack, from one in force, or from a file."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tanxin.apps.duties.drafting import reading, writing
from tanxin.apps.duties.reading import rulebook
from tanxin.apps.issues.common.access import wished_rules
from tanxin.core.access import Actor, Permission
from tanxin.core.drafting.edit import put
from tanxin.core.drafting.rewrite import read_tree, rewritten
from tanxin.core.drafting.tree import text_of
from tanxin.core.policy.read import MAX_CHARACTERS
from tanxin.packs import LIBRARY, shipped_sources
from tanxin.web.issues.kinds import KindNames
from tanxin.web.named_form import NamedForm
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.rules.drafting import words
from tanxin.web.rules.wording import title_of

EMPTY, FILE = "empty", "file"
MOST_WISHED = 20
MOST_BYTES = 4 * MAX_CHARACTERS
ENCODINGS = ("utf-8-sig", "gb18030")


class NotAText(Exception):
    """No text in an encoding that is in use here."""


def read_text(data: bytes) -> str:
    """Raises ``NotAText``."""
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text.replace("\r\n", "\n")
    raise NotAText


class SourceField(forms.FileField):
    """A file with the source of a pack, as its text."""

    widget = forms.FileInput(attrs={"accept": ".yaml,.yml,.txt"})

    def clean(self, data: Any, initial: Any = None) -> str:  # noqa: ANN401 - Django's signature
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return ""
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is too large: a pack has at most %(most)s characters."),
                params={"most": MAX_CHARACTERS},
            )
        try:
            return read_text(file.read())
        except NotAText:
            raise forms.ValidationError(
                _("This is no text. Save it as plain text in UTF-8 or GB18030.")
            ) from None


class BeginForm(NamedForm):
    begin = forms.ChoiceField(label=gettext_lazy("Begin with"), widget=forms.Select)
    file = SourceField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("Only where you begin with a file: YAML, as plain text."),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        begin = self.fields["begin"]
        if isinstance(begin, forms.ChoiceField):
            begin.choices = choices

    def clean(self) -> dict[str, object] | None:
        said = super().clean()
        wanted = self.cleaned_data.get("begin") == FILE and "file" not in self.errors
        if wanted and not self.cleaned_data.get("file"):
            self.add_error("file", _("Please choose a file."))
        return said


@dataclass(frozen=True, slots=True)
class Line:
    draft: reading.DraftRow
    state: object


@require_safe
def drafts(request: ActorRequest) -> HttpResponse:
    rows = reading.drafts(request.actor)
    shown = {
        "lines": [Line(row, words.STATES[row.state]) for row in rows],
        "may_draft": reading.may_draft(request.actor),
        "wished": wished(request.actor),
    }
    return render(request, "rules/drafting/drafts.html", shown)


def wished(actor: Actor) -> list[dict[str, object]]:
    """Common issues for which somebody wished a change of the rules."""
    kinds = KindNames(actor.realm_id)
    return [
        {"id": row.pk, "kind": kinds[row.kind], "unit_id": row.unit_id, "at": row.decided_at}
        for row in wished_rules(actor)[:MOST_WISHED]
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    actor = request.actor
    if not reading.may_read_drafts(actor):
        raise reading.DraftNotFound
    if not reading.may_draft(actor):
        raise writing.DraftForbidden(Permission.RULE_DRAFT)
    choices = sources(actor)
    form = BeginForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        choices=choices,
        initial={"begin": request.GET.get("begin", EMPTY)},
    )
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "rules/drafting/new.html", {"form": form}, status=status)
    text = form.cleaned_data["file"] or source_named(
        actor, form.cleaned_data["begin"], timezone.localdate()
    )
    try:
        draft = writing.begin_draft(actor, text, at=timezone.now())
    except writing.TextTooLong:
        form.add_error("file", _("It is too long for a pack."))
        return render(request, "rules/drafting/new.html", {"form": form}, status=422)
    return go_to(request, "rules:draft", draft.pk)


def sources(actor: Actor) -> list[tuple[str, Any]]:
    """What a draft can begin with."""
    in_force = [
        (f"pack:{line.id}", f"{title_of(line.pack.title)} {line.pack.version}")
        for line in rulebook.pack_lines(actor)
        if line.end is None
    ]
    shipped = [(f"library:{name}", title) for name, title in library()]
    return [
        (EMPTY, _("an empty draft")),
        (FILE, _("a file of your own")),
        (_("Rules in force here"), in_force),
        (_("Published rules, to be changed"), shipped),
    ]


def library() -> list[tuple[str, str]]:
    found = []
    for name in LIBRARY:
        tree = read_tree(*shipped_sources(name).values())
        title = tree.get("title") if isinstance(tree, dict) else None
        found.append((name, str(title.get("zh", name)) if isinstance(title, dict) else name))
    return found


def source_named(actor: Actor, begin: str, today: date) -> str:
    kind, _, name = begin.partition(":")
    if kind == "library" and name in LIBRARY:
        return next(iter(shipped_sources(name).values()))
    if kind == "pack":
        return next_version(reading.source_in_force(actor, UUID(name)))
    return text_of(
        {
            "pack": "our-rules",
            "title": {"zh": "本单位谈心谈话制度"},
            "version": f"{today.year}.1",
            "level": "unit",
            "valid": {"from": date(today.year, 1, 1)},
        }
    )


def next_version(text: str) -> str:
    """The same under a version of its own: that of what is in force is taken."""
    tree = read_tree(text)
    version = str(tree.get("version", "")) if isinstance(tree, dict) else ""
    name, dot, number = version.rpartition(".")
    if not (dot and number.isdecimal()) or not isinstance(tree, dict):
        return text
    changed = put(tree, ("version",), f"{name}.{int(number) + 1}")
    return rewritten(text, changed) if isinstance(changed, dict) else text
