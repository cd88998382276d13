"""A form in which somebody is chosen, with a search that works without scripts."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tanxin.apps.org.directory import Directory
from tanxin.web.issues.forms import as_uuid, people_like
from tanxin.web.issues.people import PersonField
from tanxin.web.named_form import NamedForm

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class ChoosingForm(NamedForm):
    """Has a field ``person``; ``find`` looks for people, who then stand first in its list."""

    whom: "_StrPromise" = _("Whom")
    find = forms.CharField(
        label=_("Look for somebody"),
        help_text=_(
            "Name, its pinyin or initials, post or unit; then press Find."
            " Whoever is found stands first in the list."
        ),
        required=False,
        max_length=60,
    )

    def __init__(self, *args: Any, directory: Directory, **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        self.found = people_like(directory, self.data.get("find", ""))
        for field_name, field in self.fields.items():
            if isinstance(field, PersonField):
                chosen = as_uuid(self[field_name].value())
                field.offer(directory, [*([chosen] if chosen else []), *self.found])

    @property
    def is_looking(self) -> bool:
        return "looking" in self.data
