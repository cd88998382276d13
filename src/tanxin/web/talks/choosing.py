from uuid import UUID

from django.http import QueryDict


def uuid_in(query: QueryDict, name: str) -> UUID | None:
    """The id that an address carries, or None; one made up by hand is none."""
    try:
        return UUID(query.get(name, ""))
    except ValueError:
        return None
