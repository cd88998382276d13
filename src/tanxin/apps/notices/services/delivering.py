from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from tanxin.apps.notices.channels import NotSent, Unreachable, send
from tanxin.apps.notices.models import Choice, Digest
from tanxin.apps.notices.reaching import address_for, choice_of, reach_of
from tanxin.apps.notices.waiting import told_to, waits_for
from tanxin.apps.org.models import Membership, Person
from tanxin.apps.sealing import client
from tanxin.core.notices import LEASE, Channel, DigestState, news, next_try

AT_ONCE = 200


def due(realm_id: UUID, today: date, at: datetime) -> list[Digest]:
    waiting = Q(state=DigestState.WAITING, try_at__lte=at)
    abandoned = Q(state=DigestState.SENDING, claimed_at__lte=at - LEASE)
    rows = Digest.objects.filter(waiting | abandoned, realm=realm_id, day=today)
    return list(rows.order_by("try_at", "pk")[:AT_ONCE])


def deliver(digest: Digest, at: datetime) -> bool:
    """Whether it was sent now, by this worker."""
    if not claim(digest, at):
        return False
    choice = choice_of(digest.realm_id, digest.person_id)
    fresh = still_news(digest, choice, at)
    if not fresh:
        settle(digest, DigestState.DONE_MEANWHILE, at)
        return False
    reach = reach_of(Person.objects.get(realm=digest.realm_id, pk=digest.person_id), choice)
    channel = reach.channel if reach else Channel(choice.channel)
    try:
        address = address_for(digest, reach)
        send(channel, address, digest.pk)
    except Unreachable:
        settle(digest, DigestState.UNREACHABLE, at, channel=channel)
    except (NotSent, client.KeeperUnavailable, client.KeeperRefused):
        put_off(digest, at)
    else:
        return settle(digest, DigestState.SENT, at, waits=fresh, channel=channel)
    return False


def still_news(digest: Digest, choice: Choice, at: datetime) -> list[str]:
    """What waits at this moment, and was not told of."""
    member = Membership.objects.filter(realm=digest.realm_id, person=digest.person_id).first()
    if member is None:
        return []
    waits = waits_for(
        member.account_id, digest.realm_id, now=at, today=digest.day, only_late=choice.is_quiet
    )
    return news(waits, told_to(digest.realm_id, digest.person_id))


def claim(digest: Digest, at: datetime) -> bool:
    """Of several workers one has it, until ``LEASE`` is over."""
    as_read = Digest.objects.filter(
        realm=digest.realm_id, pk=digest.pk, state=digest.state, claimed_at=digest.claimed_at
    )
    taken = as_read.update(state=DigestState.SENDING.value, claimed_at=at, tries=digest.tries + 1)
    digest.refresh_from_db()
    return taken == 1


def settle(digest: Digest, state: DigestState, at: datetime, **changes: object) -> bool:
    """Whether this worker still had it."""
    return mine(digest, state=state.value, settled_at=at, **changes)


def put_off(digest: Digest, at: datetime) -> None:
    again = next_try(digest.tries, at)
    if again is None:
        settle(digest, DigestState.FAILED, at)
    else:
        mine(digest, state=DigestState.WAITING.value, try_at=again, claimed_at=None)


def mine(digest: Digest, **changes: object) -> bool:
    """Change it, unless another worker has taken it over."""
    rows = Digest.objects.filter(
        realm=digest.realm_id,
        pk=digest.pk,
        state=DigestState.SENDING.value,
        claimed_at=digest.claimed_at,
    )
    return rows.update(**changes) == 1
