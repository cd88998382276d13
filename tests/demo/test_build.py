from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import timezone

from demo.overseen_once import each_question_was_right_once_and_harmless_once
from demo.waiting_once import nothing_waits_twice_or_is_done
from tanxin.apps.accounts.models import Account
from tanxin.apps.appraisal.models import Appeal, Opinion, UnitResult, YearTaken
from tanxin.apps.archive.content import in_force
from tanxin.apps.archive.models import Record, RecordVersion
from tanxin.apps.archive.services import open_texts
from tanxin.apps.archive.undertakings import in_force as in_force_here
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.audit.selectors import verify_chain
from tanxin.apps.duties.models import Duty
from tanxin.apps.issues.common.models import CommonIssue
from tanxin.apps.issues.feedback.models import Feedback
from tanxin.apps.issues.leads.models import Lead
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.replies.models import Reply
from tanxin.apps.issues.services.handing_over import handovers, lines_of
from tanxin.apps.learning.models import Case
from tanxin.apps.org.actors import actor_of
from tanxin.apps.org.conflicts import Conflict
from tanxin.apps.org.models import Membership, Person
from tanxin.apps.org.trust import Recusal
from tanxin.apps.realms.models import Realm
from tanxin.apps.realms.selectors import demo_realm_id
from tanxin.apps.sealing.client import open_session
from tanxin.apps.talks.access import arranged_talks
from tanxin.apps.talks.content import waiting_for_decision
from tanxin.apps.talks.models import Request, Talk
from tanxin.core.access import Role
from tanxin.core.calendar import WorkCalendar
from tanxin.demo.build import build

FIRST_HOUR, LAST_HOUR = 8, 19
FIVE = ("demo-secretary", "demo-deputy", "demo-head", "demo-member", "demo-organiser")
OVERSEEING = {
    "demo-supervisor": Role.SUPERVISOR,
    "demo-security": Role.SECURITY_ADMIN,
    "demo-auditor": Role.AUDITOR,
    "demo-system": Role.SYSTEM_ADMIN,
    "demo-assistant": None,
}
NAME = "临澜市发展促进委员会"


@pytest.mark.django_db
def test_the_demo_is_built_once_and_has_something_for_each_persona(
    keeper, settings, tmp_path, capsys
):
    settings.TANXIN_HOME = tmp_path
    settings.TANXIN_CHECKPOINTS = str(tmp_path / "checkpoints")
    build()
    realm_id = demo_realm_id()

    a_realm_that_is_closed_for_other_times(realm_id)
    a_lively_year(realm_id)
    nobody_works_at_night(realm_id)
    something_waits_for_each(realm_id)
    nothing_waits_twice_or_is_done(realm_id, {*FIVE, *OVERSEEING})
    a_talk_of_today_is_prepared(realm_id)
    there_is_something_to_oversee(realm_id, settings)
    each_question_was_right_once_and_harmless_once(realm_id)
    what_left_talks(realm_id)
    the_keeper_opens_what_was_let(realm_id)
    years_have_results(realm_id)
    assert (tmp_path / "files" / "待修正花名册.xlsx").exists()

    leaves = AuditLeaf.objects.count()
    build()
    assert AuditLeaf.objects.count() == leaves
    assert "The demo is ready" in capsys.readouterr().out


def a_realm_that_is_closed_for_other_times(realm_id):
    realm = Realm.objects.get(pk=realm_id)
    assert (realm.name, realm.is_demo, realm.seeding_until) == (NAME, True, None)
    assert Person.objects.filter(realm=realm_id).count() == 640
    assert not any(account.has_usable_password() for account in Account.objects.all())
    moments = list(AuditLeaf.objects.order_by("seq").values_list("at", flat=True))
    told = [at for at in moments if at >= moments[0]]  # talks of ten years ago are told first
    assert told == sorted(told)
    assert moments[-1] <= timezone.now()
    assert verify_chain(realm_id).intact


def a_lively_year(realm_id):
    talks = Talk.objects.filter(realm=realm_id)
    assert talks.count() > 120
    assert {"confirmed", "disputed", "proposed", "cancelled"} <= set(
        talks.values_list("state", flat=True)
    )
    assert set(talks.values_list("kind", flat=True)) == {"routine", "care", "office", "warning"}
    assert RecordVersion.objects.filter(realm=realm_id).count() > 200
    assert set(Issue.objects.filter(realm=realm_id).values_list("state", flat=True)) == {
        "raised", "inquiring", "assigned", "extending", "reported", "verified", "answered",
        "explained", "reopened", "merged",
    }  # fmt: skip
    assert Duty.objects.filter(realm=realm_id, state="confirmed").exists()
    requests = Request.objects.filter(realm=realm_id)
    assert requests.filter(state="waiting").count() == 4
    assert requests.filter(state="suggested").count() == 1


def years_have_results(realm_id):
    """This year is open and looked at; the last one is frozen from the middle of January on."""
    this = timezone.localdate().year
    years = dict(YearTaken.objects.filter(realm=realm_id).values_list("year", "state"))
    assert years.get(this, "open") == "open"
    assert Opinion.objects.filter(realm=realm_id).count() == 6
    if years.get(this - 1) == "frozen":
        assert UnitResult.objects.filter(taken__year=this - 1, standing="given").exists()
        assert Appeal.objects.get(realm=realm_id).verdict == ""


def nobody_works_at_night(realm_id):
    """What people did in the past, they did in office hours; what waits today is of today."""
    calendar, today = WorkCalendar(), timezone.localdate()
    leaves = AuditLeaf.objects.filter(realm=realm_id, event__startswith="talk.")
    moments = map(timezone.localtime, leaves.values_list("at", flat=True))
    odd = [at for at in moments if at.date() < today and not is_office_hour(calendar, at)]
    assert odd == []


def is_office_hour(calendar, at):
    return calendar.is_working_day(at.date()) and FIRST_HOUR <= at.hour < LAST_HOUR


def a_talk_of_today_is_prepared(realm_id):
    topics = Record.objects.get(realm=realm_id, kind="topic", about_kind="talk")
    assert Record.objects.filter(about_id=topics.about_id, kind="outline").exists()
    assert Conflict.objects.filter(realm=realm_id).count() == 1


def something_waits_for_each(realm_id):
    people = dict(
        Membership.objects.filter(realm=realm_id).values_list("account__handle", "person")
    )
    today = timezone.localdate()

    def late(handle):
        return Duty.objects.filter(initiator=people[handle], state="open", due__lt=today)

    def to_confirm(handle):
        return Talk.objects.filter(subject=people[handle], state="recorded")

    def to_answer(handle):
        return Talk.objects.filter(state="proposed").exclude(proposed_by=people[handle]).filter(
            initiator=people[handle]
        ) | Talk.objects.filter(state="proposed", subject=people[handle]).exclude(
            proposed_by=people[handle]
        )

    assert {*FIVE, *OVERSEEING} <= set(people)
    people = {handle: people[handle] for handle in FIVE}
    assert all(to_confirm(handle).exists() for handle in people)
    assert all(to_answer(h).exists() for h in people if h != "demo-head")
    assert Talk.objects.filter(initiator=people["demo-deputy"], state="disputed").exists()
    assert Talk.objects.filter(initiator=people["demo-secretary"], state="held").exists()
    waiting = {
        handle: set(Issue.objects.filter(waiting_for=person).values_list("state", flat=True))
        for handle, person in people.items()
    }
    assert waiting["demo-secretary"] == {"verified", "extending"}
    assert waiting["demo-deputy"] == {"raised"}
    assert waiting["demo-organiser"] == {"reported", "inquiring"}
    assert "reopened" in waiting["demo-head"]
    assert effects_said(realm_id) == {"", "solved", "partly"}
    assert Issue.objects.filter(waiting_for=people["demo-head"], wanted_on__lt=today).exists()
    if today.month > 7:
        assert all(late(handle).exists() for handle in people)


def effects_said(realm_id):
    answered = Issue.objects.filter(realm=realm_id, state="answered")
    return set(answered.values_list("effect", flat=True))


def there_is_something_to_oversee(realm_id, settings):
    today = timezone.localdate()
    named = Membership.objects.filter(realm=realm_id, account__handle__in=OVERSEEING)
    accounts = dict(named.values_list("account__handle", "account"))
    actors = {handle: actor_of(account, on=today) for handle, account in accounts.items()}
    assert {handle: actor.roles for handle, actor in actors.items()} == {
        handle: {role} if role else frozenset() for handle, role in OVERSEEING.items()
    }
    supervisor, admin = actors["demo-supervisor"], actors["demo-security"]
    waiting = waiting_for_decision(supervisor, on=today)
    assert waiting == waiting_for_decision(admin, on=today)
    assert len(waiting) == 1
    assert in_force(supervisor).get().decided_by_id == admin.person_id
    leader = Membership.objects.get(realm=realm_id, account__handle="demo-secretary").person_id
    assistant = actors["demo-assistant"]
    arranged = arranged_talks(assistant, on=today).filter(state="proposed")
    assert arranged.filter(proposed_by=leader).exists()
    assert arranged.exclude(proposed_by=leader).exists()
    assert Recusal.objects.get(realm=realm_id).because == "relative"
    handover = handovers(supervisor).get(taker=supervisor.person_id, taken_at=None)
    assert lines_of(handover)
    assert (Path(settings.TANXIN_CHECKPOINTS) / str(realm_id) / "changes.1").exists()


def what_left_talks(realm_id):
    assert sorted(Feedback.objects.values_list("state", flat=True)) == ["answered", "review"]
    assert Reply.objects.get().state == "published"
    assert Lead.objects.get().state == "asked"
    assert CommonIssue.objects.filter(realm=realm_id, state="open").exists()


def the_keeper_opens_what_was_let(realm_id):
    account = Membership.objects.get(realm=realm_id, account__handle="demo-supervisor").account_id
    actor = actor_of(account, on=timezone.localdate())
    session = open_session(realm_id, account, actor.person_id).token
    actor = replace(actor, session=session)
    talk = in_force(actor).get().talk
    all_but_one_gave_the_undertaking(realm_id)
    records = Record.objects.filter(realm=realm_id, about_id=talk, kind="record")
    texts = open_texts(actor, list(records.values_list("pk", flat=True)), "talk")
    assert all(texts.values())
    assert len(texts) == 1


def all_but_one_gave_the_undertaking(realm_id):
    people = Membership.objects.filter(realm=realm_id)
    handles = dict(people.values_list("person", "account__handle"))
    given = set(in_force_here(realm_id).given.values_list("person", flat=True))
    assert [handle for person, handle in handles.items() if person not in given] == [
        "demo-security"
    ]
    assert Case.objects.filter(realm=realm_id, published_at__isnull=False).count() == 2


@pytest.mark.django_db
def test_a_demo_left_half_built_is_said_so(keeper, settings, tmp_path):
    settings.TANXIN_HOME = tmp_path
    Realm.objects.create(name=NAME, is_demo=True, seeding_until=datetime(2099, 1, 1, tzinfo=UTC))

    with pytest.raises(SystemExit) as ended:
        build()

    assert ended.value.code == 1
    assert not Person.objects.exists()
