"""Making the day's messages and sending them.

A message is made from what waits and looked at again when it is sent, so nobody is told of what he
has done. Its row is claimed before it is sent and settled afterwards: a worker that dies between
the two leaves it claimed, and after a while another sends it again under the same name, by which
mail programs know it for the same. It is recorded as sent once.
"""

from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from tanxin.apps.notices.channels import NotSent, Unreachable, send
from tanxin.apps.notices.models import Digest, NoMail
from tanxin.apps.notices.waiting import waits_for
from tanxin.apps.org.models import Membership, Person
from tanxin.apps.realms.selectors import ran_on, work_calendar, zone_of
from tanxin.apps.realms.services import once_a_day
from tanxin.apps.sealing import client
from tanxin.core.access import Actor
from tanxin.core.notices import LEASE, UNSETTLED, DigestState, is_news, may_send, next_try

AT_ONCE = 200


def send_due(realm_id: UUID, *, at: datetime) -> int:
    """Make the day's messages once and send what is due; how many were sent. Not in quiet hours."""
    local = at.astimezone(zone_of(realm_id))
    if not may_send(local, work_calendar(realm_id)):
        return 0
    name, today = f"digests {realm_id}", local.date()
    if not ran_on(name, today):
        make(realm_id, today, at)
        once_a_day(name, today, lambda: None)
    return sum(deliver(one, at) for one in due(realm_id, today, at))


def make(realm_id: UUID, today: date, at: datetime) -> None:
    """One row for each who has news; several workers may do it at once, or one a second time."""
    give_up_older(realm_id, today, at)
    for person_id, account_id, told in without_today(realm_id, today):
        waits = waits_for(account_id, realm_id, now=at, today=today)
        if is_news(waits, told or ()):
            row = Digest(realm_id=realm_id, person_id=person_id, day=today, waits=waits, try_at=at)
            Digest.objects.bulk_create([row], ignore_conflicts=True)


def without_today(realm_id: UUID, today: date) -> list[tuple[UUID, UUID, list[str] | None]]:
    """Who has a mail address and an account, wants to be written to, and was not today.

    Each with what the last message sent to him stood for, if there was one.
    """
    today_rows = Digest.objects.filter(realm=realm_id, day=today).values("person")
    unwilling = NoMail.objects.filter(realm=realm_id).values("person")
    here = Q(person__left_on=None) | Q(person__left_on__gt=today)
    rows = Membership.objects.filter(here, realm=realm_id, account__is_active=True)
    rows = rows.filter(person__mail_sealed__isnull=False)
    rows = rows.exclude(person__in=today_rows).exclude(person__in=unwilling)
    sent = Digest.objects.filter(realm=realm_id, person=OuterRef("person"), state=DigestState.SENT)
    told = Subquery(sent.order_by("-day").values("waits")[:1])
    return list(
        rows.annotate(told=told).order_by("person").values_list("person", "account", "told")
    )


def give_up_older(realm_id: UUID, today: date, at: datetime) -> None:
    """What was not sent on its day is not sent late: today's says all that waits."""
    older = Digest.objects.filter(realm=realm_id, day__lt=today, state__in=sorted(UNSETTLED))
    older.update(state=DigestState.FAILED.value, settled_at=at)


def due(realm_id: UUID, today: date, at: datetime) -> list[Digest]:
    waiting = Q(state=DigestState.WAITING, try_at__lte=at)
    abandoned = Q(state=DigestState.SENDING, claimed_at__lte=at - LEASE)
    rows = Digest.objects.filter(waiting | abandoned, realm=realm_id, day=today)
    return list(rows.order_by("try_at", "pk")[:AT_ONCE])


def deliver(digest: Digest, at: datetime) -> bool:
    """Whether it was sent now, by this worker."""
    if not claim(digest, at):
        return False
    person = Person.objects.get(realm=digest.realm_id, pk=digest.person_id)
    account = Membership.objects.filter(realm=digest.realm_id, person=person).first()
    waits = account and waits_for(account.account_id, digest.realm_id, now=at, today=digest.day)
    if not waits:
        settle(digest, DigestState.DONE_MEANWHILE, at)
        return False
    try:
        send(address_of(person, digest), digest.pk)
    except Unreachable:
        settle(digest, DigestState.UNREACHABLE, at)
    except (NotSent, client.KeeperUnavailable, client.KeeperRefused):
        put_off(digest, at)
    else:
        return settle(digest, DigestState.SENT, at, waits=waits)
    return False


def claim(digest: Digest, at: datetime) -> bool:
    """Of several workers one has it, until ``LEASE`` is over."""
    as_read = Digest.objects.filter(
        realm=digest.realm_id, pk=digest.pk, state=digest.state, claimed_at=digest.claimed_at
    )
    taken = as_read.update(state=DigestState.SENDING.value, claimed_at=at, tries=digest.tries + 1)
    digest.refresh_from_db()
    return taken == 1


def address_of(person: Person, digest: Digest) -> str:
    """One address, asked of the keeper for this message; it leaves a leaf there."""
    if person.mail_sealed is None:
        raise Unreachable
    return client.address(
        digest.realm_id,
        person.pk,
        column="mail",
        sealed=bytes(person.mail_sealed),
        notice_id=digest.pk,
    )


def settle(digest: Digest, state: DigestState, at: datetime, **changes: object) -> bool:
    """Whether this worker still had it."""
    mine = Digest.objects.filter(
        realm=digest.realm_id,
        pk=digest.pk,
        state=DigestState.SENDING.value,
        claimed_at=digest.claimed_at,
    )
    return mine.update(state=state.value, settled_at=at, **changes) == 1


def put_off(digest: Digest, at: datetime) -> None:
    again = next_try(digest.tries, at)
    if again is None:
        settle(digest, DigestState.FAILED, at)
        return
    mine = Digest.objects.filter(
        realm=digest.realm_id, pk=digest.pk, state=DigestState.SENDING.value
    )
    mine.filter(claimed_at=digest.claimed_at).update(
        state=DigestState.WAITING.value, try_at=again, claimed_at=None
    )


def choose_mail(actor: Actor, *, wanted: bool) -> None:
    """Whether the actor is written to at all."""
    row = {"realm_id": actor.realm_id, "person_id": actor.person_id}
    if wanted:
        NoMail.objects.filter(**row).delete()
    else:
        NoMail.objects.bulk_create([NoMail(**row)], ignore_conflicts=True)
