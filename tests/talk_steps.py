"""Bringing a talk of Ada and Ben to where a test begins."""

from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from tanxin.apps.audit.selectors import leaves_for
from tanxin.apps.duties.models import Duty, RuleRow
from tanxin.apps.duties.tallies import counted_again
from tanxin.apps.talks import services
from tanxin.apps.talks.groups import standing_of
from tanxin.apps.talks.models import Talk

CHANNELS = ["face", "visit", "phone", "video", "message", "mail"]
SAID = "金丝雀：本明说处里缺两个人，孩子上学的事也拖着。"
TITLE = "班子成员与分管处室负责人谈心"
RULE = {
    "title": {"zh": TITLE, "en": "Team members with heads in their charge"}, "cites": [],
    "terms": None, "text_only": "unmeasurable", "form": "individual", "channels": CHANNELS,
    "follow_up": [], "exemptions": [], "replaces": "", "file": "", "line": 0,
}  # fmt: skip


def rule_of(world, kind="routine", rule="regular"):
    row, _ = RuleRow.objects.get_or_create(
        realm_id=world.realm_id, pack="test", version="1", rule=rule,
        defaults={
            "title": TITLE, "kind": kind, "text": {**RULE, "id": rule, "kind": kind},
            "published_at": timezone.now(),
        },
    )  # fmt: skip
    return row


def duty_of(world, initiator="ada", subject="ben", *, kind="routine", mutual=False, **more):
    key = uuid4()
    with counted_again(world.realm_id, [key]):
        return Duty.objects.create(
            pk=key, realm_id=world.realm_id, rule=rule_of(world, kind), period="2026",
            initiator_id=world.people[initiator], subject_id=world.people.get(subject),
            mutual=mutual, opens=more.pop("opens", date(2026, 1, 1)), due=more.pop("due", date(2027, 12, 31)),
            kind=kind, form="individual", via=uuid4(), basis="", **more,
        )  # fmt: skip


def proposed(world, by="ada", other="ben", *, days=1, **more):
    """Each talk at a time of its own: nobody agrees to two at once."""
    now = timezone.now()
    later = timedelta(days=days, hours=Talk.objects.count())
    more = {"kind": "routine", "planned_for": now + later, "at": now} | more
    return services.propose_talk(world.actor(by), with_person=world.people[other], **more)


def agreed(world, **more):
    talk = proposed(world, **more)
    return services.agree(world.actor("ben"), talk.pk, at=timezone.now())


def held(world, *, ago=timedelta(hours=1), **more):
    now = timezone.now()
    return services.hold(world.actor("ada"), agreed(world, **more).pk, held_at=now - ago, at=now)


def write(world, talk, text=SAID, *, by="ada", **more):
    return services.write_record(world.actor(by), talk.pk, text=text, at=timezone.now(), **more)


def recorded(world, text=SAID, **more):
    return write(world, held(world, **more), text)


def digest_of(talk):
    return standing_of(talk).digest


def confirmed(world, **more):
    talk = recorded(world, **more)
    return services.confirm_record(
        world.actor("ben"), talk.pk, digest=digest_of(talk), at=timezone.now()
    )


def sent_elsewhere(world, to="theo"):
    """Ben asked Ada, who suggests another; Ben decides."""
    request, now = asked(world), timezone.now()
    return services.suggest_another(world.actor("ada"), request.pk, to=world.people[to], at=now)


def asked(world, by="ben", of="ada", **more):
    more = {"topic": "想谈谈岗位交流", "at": timezone.now()} | more
    return services.ask_for_talk(world.actor(by), asked=world.people[of], **more)


def events_about(row):
    return [line.event for line in leaves_for(row.realm_id, row.pk)]
