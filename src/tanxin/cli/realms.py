"""Which realm a command is about."""

from uuid import UUID

import click
from django.conf import settings
from django.utils.translation import gettext as _

from tanxin.apps.realms.selectors import has_tables, named_realms


def chosen_realm(name: str | None) -> UUID:
    """The realm of that name or id; without one, the only realm there is."""
    realms = named_realms() if has_tables() else {}
    fitting = {
        realm_id: title
        for realm_id, title in realms.items()
        if name in (None, title, str(realm_id))
    }
    if len(fitting) == 1:
        return next(iter(fitting))
    known = "\n".join(f"  {realm_id}  {title}" for realm_id, title in realms.items())
    if not realms:
        said = _(
            "There is no organisation in %(home)s yet. Name the directory of yours with "
            "TANXIN_HOME=…, or try it on invented people: tanxin demo --home %(home)s"
        )
        raise click.ClickException(said % {"home": settings.TANXIN_HOME})
    raise click.ClickException(f"Name one realm with --realm:\n{known}")
