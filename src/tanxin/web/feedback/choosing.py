"""What can be chosen in the forms: units by their path, reviewers by name."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from tanxin.apps.org.directory import Directory
from tanxin.web.feedback.forms import NOWHERE, Choices


def unit_choices(names: Directory, units: Iterable[UUID] | None = None) -> Choices:
    """By name with the path above; of all units, or of these in their order."""
    if units is not None:
        return [(str(unit), names.unit_name(unit)) for unit in units]
    every = [(names.unit_path(key), str(key)) for key in names.units]
    return [(NOWHERE, "—"), *((key, path) for path, key in sorted(every))]


def places(names: Directory, units: Iterable[UUID]) -> Choices:
    """The widest first: it hides best."""
    return [(NOWHERE, _("Somewhere in the organisation")), *reversed(unit_choices(names, units))]


def people(names: Directory, found: Iterable[UUID]) -> Choices:
    return [(str(one), names.label(one)) for one in sorted(found, key=names.sort_key)]
