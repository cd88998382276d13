"""One form makes one row, however often it is sent."""

from uuid import UUID, uuid4, uuid5

from tanxin.core.access import Actor


def id_of(actor: Actor, form: UUID | None) -> UUID:
    """The id of the row that ``form``, a random id the page carries, makes for ``actor``.

    Sending the form again leads to the same id; nobody can aim at the row of another.
    """
    return uuid5(form, str(actor.person_id)) if form else uuid4()
