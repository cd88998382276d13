from uuid import UUID

from django.http import QueryDict


def uuids_in(query: QueryDict, name: str) -> list[UUID]:
    """Every id that an address carries under a name, each once; made up ones are left out."""
    found = (as_uuid(value) for value in query.getlist(name))
    return list(dict.fromkeys(one for one in found if one))


def as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def uuid_in(query: QueryDict, name: str) -> UUID | None:
    """The id that an address carries, or None; one made up by hand is none."""
    return as_uuid(query.get(name, ""))
