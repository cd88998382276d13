"""People by the number their organisation gave them."""

from uuid import UUID

from tanxin.apps.org.models import Person


def person_by_number(realm_id: UUID, number: str) -> UUID | None:
    """Somebody present; None for an empty number too."""
    if not number:
        return None
    rows = Person.objects.filter(realm=realm_id, number=number, left_on=None)
    return rows.values_list("pk", flat=True).first()
