"""By which way somebody can be reached, and the one address for one message."""

from dataclasses import dataclass
from uuid import UUID

from tanxin.apps.notices.channels import Unreachable, is_on
from tanxin.apps.notices.models import Choice, Digest
from tanxin.apps.org.models import Person
from tanxin.apps.sealing import client
from tanxin.core.notices import Channel


@dataclass(frozen=True, slots=True)
class Reach:
    """``sealed`` is the address, which only the keeper opens, from the ``column`` it stands in."""

    channel: Channel
    column: str
    sealed: bytes


def choice_of(realm_id: UUID, person_id: UUID) -> Choice:
    """What somebody chose, or what holds where he did not."""
    chosen = Choice.objects.filter(realm=realm_id, person=person_id).first()
    return chosen or Choice(id=person_id, realm_id=realm_id, person_id=person_id)


def reach_of(person: Person, choice: Choice) -> Reach | None:
    """As he chose, where the site has that; else by mail; None where neither is possible."""
    channel = Channel(choice.channel)
    if channel != Channel.MAIL and choice.address_sealed is not None and is_on(channel):
        return Reach(channel, "channel", bytes(choice.address_sealed))
    if person.mail_sealed is not None and is_on(Channel.MAIL):
        return Reach(Channel.MAIL, "mail", bytes(person.mail_sealed))
    return None


def address_for(digest: Digest, reach: Reach | None) -> str:
    """Asked of the keeper for this message; it leaves a leaf there."""
    if reach is None:
        raise Unreachable
    return client.address(
        digest.realm_id,
        digest.person_id,
        column=reach.column,
        sealed=reach.sealed,
        notice_id=digest.pk,
    )
