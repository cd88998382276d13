from collections.abc import Collection, Iterator
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, Q

from tanxin.apps.notices.models import Choice, Digest
from tanxin.apps.notices.reaching import reach_of
from tanxin.apps.notices.waiting import told_to, waits_for
from tanxin.apps.org.models import Membership
from tanxin.core.notices import HOURS, UNSETTLED, DigestState, news


def make(realm_id: UUID, today: date, at: datetime, *, hours: Collection[int] = HOURS) -> None:
    """One row for each who has news; several workers may do it at once, or one a second time."""
    give_up_other_days(realm_id, today, at)
    for member, choice in to_be_told(realm_id, today, hours):
        waits = waits_for(
            member.account_id, realm_id, now=at, today=today, only_late=choice.is_quiet
        )
        fresh = news(waits, told_to(realm_id, member.person_id)) if waits else []
        if fresh:
            row = Digest(
                realm_id=realm_id,
                person_id=member.person_id,
                number=next_number(realm_id, member.person_id),
                day=today,
                waits=fresh,
                try_at=at,
            )
            Digest.objects.bulk_create([row], ignore_conflicts=True)


def to_be_told(
    realm_id: UUID, today: date, hours: Collection[int]
) -> Iterator[tuple[Membership, Choice]]:
    """Who has an account, can be reached, chose one of these hours and was not told today."""
    chosen = {row.person_id: row for row in Choice.objects.filter(realm=realm_id)}
    today_rows = Digest.objects.filter(realm=realm_id, day=today).exclude(state=DigestState.FAILED)
    here = Q(person__left_on=None) | Q(person__left_on__gt=today)
    rows = Membership.objects.filter(here, realm=realm_id, account__is_active=True)
    rows = rows.exclude(person__in=today_rows.values("person")).select_related("person")
    for member in list(rows.order_by("person")):
        choice = chosen.get(member.person_id) or Choice(person_id=member.person_id)
        if choice.hour in hours and reach_of(member.person, choice):
            yield member, choice


def next_number(realm_id: UUID, person_id: UUID) -> int:
    rows = Digest.objects.filter(realm=realm_id, person=person_id)
    last: int | None = rows.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def give_up_other_days(realm_id: UUID, today: date, at: datetime) -> None:
    """What was not sent on its day is not sent late: today's says all that waits.

    A day to come has messages only where the clock was ahead.
    """
    others = Digest.objects.filter(realm=realm_id, state__in=sorted(UNSETTLED)).exclude(day=today)
    others.update(state=DigestState.FAILED.value, settled_at=at)
