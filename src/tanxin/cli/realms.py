"""Which realm a command is about."""

from uuid import UUID

import click

from tanxin.apps.realms.selectors import named_realms


def chosen_realm(name: str | None) -> UUID:
    """The realm of that name or id; without one, the only realm there is."""
    realms = named_realms()
    fitting = {
        realm_id: title
        for realm_id, title in realms.items()
        if name in (None, title, str(realm_id))
    }
    if len(fitting) == 1:
        return next(iter(fitting))
    known = "\n".join(f"  {realm_id}  {title}" for realm_id, title in realms.items())
    if not realms:
        raise click.ClickException("There is no realm yet; start with: tanxin demo")
    raise click.ClickException(f"Name one realm with --realm:\n{known}")
