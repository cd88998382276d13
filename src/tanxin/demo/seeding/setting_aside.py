"""An exemption that waits for the chief and one he approved, a delegation in force, an illness."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from tanxin.apps.duties import delegating, exempting, happenings
from tanxin.apps.duties.derive import derive_realm
from tanxin.apps.duties.models import Duty
from tanxin.apps.org.models import BranchMember
from tanxin.apps.org.services import founder
from tanxin.demo.seeding.cast import Cast
from tanxin.demo.seeding.stage import Course, Stage

ABROAD = "对方十二月随团出访，年内回不来，请免去这次谈话；明年一季度补上。"
SECONDED = "对方已到省里挂职，由挂职单位谈话，本单位免谈。"
AWAY = "十二月参加专题培训，委托同志代为谈话。"
CALL = "家属来电"
MENTORING = "mentor-each-quarter"
A_QUARTER = timedelta(days=90)


def setting_aside_courses(stage: Stage) -> Iterator[Course]:
    yield waiting(stage)
    yield approved(stage)
    yield delegated(stage)
    yield taken_ill(stage)


def waiting(stage: Stage) -> Course:
    """Asked by a deputy, for the chief to decide."""
    yield (at := stage.clock.ago(1, 10, 20))
    deputy = stage.cast.persona("demo-deputy")
    if duty := last_open(stage.cast, deputy):
        actor = stage.cast.actor(deputy)
        exempting.ask_waiver(actor, duty, reason=ABROAD, on=at.date(), at=at)


def approved(stage: Stage) -> Course:
    yield (at := stage.clock.ago(9, 14, 40))
    head, chief = (stage.cast.persona(who) for who in ("demo-head", "demo-secretary"))
    if duty := last_open(stage.cast, head):
        actor = stage.cast.actor(head)
        row = exempting.ask_waiver(actor, duty, reason=SECONDED, on=at.date(), at=at)
        yield (at := stage.clock.ago(8, 9, 15))
        exempting.approve_waiver(stage.cast.actor(chief), row.pk, on=at.date(), at=at)


def last_open(cast: Cast, person_id: UUID) -> UUID | None:
    """What he owes last this year, to somebody by name and for no private reason."""
    rows = Duty.objects.filter(
        realm=cast.realm_id, initiator=person_id, state="open", sensitive=False,
        subject__isnull=False, opens__lte=cast.today, due__year=cast.today.year,
    )  # fmt: skip
    return rows.order_by("-due", "-pk").values_list("pk", flat=True).first()


def delegated(stage: Stage) -> Course:
    """A mentor is away for some weeks; another of the people in the story talks for him."""
    cast = stage.cast
    yield (at := stage.clock.ago(6, 11, 10))
    rows = Duty.objects.filter(realm=cast.realm_id, rule__rule=MENTORING, state="open")
    mentors = rows.exclude(subject=cast.persona("demo-head")).order_by("initiator", "due")
    mentors = mentors.exclude(initiator=cast.persona("demo-organiser"))  # she decides
    mentor = mentors.values_list("initiator", flat=True).first()
    delegate = cast.persona("demo-head")
    if mentor is None or mentor == delegate:
        return
    row = delegating.ask_delegation(
        cast.actor(mentor), delegate, rule=MENTORING, start=at.date(),
        end=at.date() + A_QUARTER, reason=AWAY, on=at.date(), at=at,
    )  # fmt: skip
    yield (at := stage.clock.ago(5, 16, 30))
    organiser = cast.actor(cast.persona("demo-organiser"))
    delegating.approve_delegation(organiser, row.pk, on=at.date(), at=at)


def taken_ill(stage: Stage) -> Course:
    """Registered by hand; why his secretary is to talk with him is shown to the two alone."""
    cast = stage.cast
    yield (at := stage.clock.ago(2, 9, 5))
    member = BranchMember.objects.filter(realm=cast.realm_id, role="member", end=None)
    person = member.order_by("person").values_list("person", flat=True).first()
    if person is not None:
        happenings.register(
            cast.actor(cast.persona("demo-organiser")), kind="illness", on=at.date(),
            source=CALL, sensitive=True, at=at, person_id=person,
        )  # fmt: skip


def derive_again(stage: Stage) -> None:
    """What was delegated and registered meanwhile."""
    cast, now = stage.cast, timezone.now()
    derive_realm(founder(cast.realm_id), cast.realm_id, today=cast.today, at=now, reason="demo")
