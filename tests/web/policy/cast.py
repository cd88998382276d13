"""Everybody who could come to an address, and one of everything that an address can name.

Ada leads a talk with Ben; Omar owns and Vera verifies what came of it; Emil is in charge of Ben's
department and sits in Ada's team. The others have a task, or nothing to do with it.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.utils import timezone

import appraisal_steps as yearly
from group_steps import group_of, summed_up
from issue_builders import ask_facts, held_talk, issue_in, later
from signal_steps import signal_about_ada
from talk_kinds import adopt
from talk_steps import agreed, asked, confirmed, duty_of, proposed, recorded, sent_elsewhere, write
from tanxin.apps.appraisal import services as appraisal
from tanxin.apps.appraisal.services.freezing import look_at_year
from tanxin.apps.duties import exempting
from tanxin.apps.duties import services as duties
from tanxin.apps.duties.drafting import publishing, writing
from tanxin.apps.duties.models import DelegationRequest, PackInForce, RuleRow
from tanxin.apps.issues.models import StepFile
from tanxin.apps.issues.saving import save_view
from tanxin.apps.issues.services import ask_time, merge_issue, note_progress
from tanxin.apps.issues.services.handing_over import open_handover
from tanxin.apps.learning.access import CaseRow
from tanxin.apps.learning.cases import publish_case, write_case
from tanxin.apps.org import authorities, states
from tanxin.apps.org import services as org
from tanxin.apps.org.services.conflicts import declare_conflict
from tanxin.apps.org.services.proposing import propose_role
from tanxin.apps.org.services.recusing import recuse_from_person
from tanxin.apps.org.services.secretaries import name_secretary
from tanxin.apps.oversight.coverage.taking import last_quarter, take_quarter
from tanxin.apps.oversight.inspecting import Team, propose_inspection
from tanxin.apps.oversight.samples import CallBack
from tanxin.apps.oversight.sampling import Wish, draw_sample
from tanxin.apps.plans import services as plans
from tanxin.apps.reports import exporting, reporting
from tanxin.apps.retention import disposing, holding
from tanxin.apps.sealing import client
from tanxin.apps.sealing.pii import seal_pii
from tanxin.apps.talks import services
from tanxin.apps.talks.models import Confirmation, EchoInvitation
from tanxin.apps.talks.receiving.access import reception_for
from tanxin.apps.talks.receiving.days import days_of
from tanxin.apps.talks.receiving.setting import Hours, set_reception
from tanxin.core.access import Role
from tanxin.core.calendar import Weeks
from tanxin.core.echoes import period_for
from tanxin.core.uploads import admit
from tanxin.packs import NATIONAL, shipped_sources
from telling_rows import (
    common_of,
    common_to_plan,
    handed_lead,
    lead_of,
    published_reply,
    reply_of,
    summary_of,
)
from telling_steps import crowd, released, written
from world import World, small_world

PERSONAS = {
    "nobody": None, "stranger": "cleo", "initiator": "ada", "subject": "ben", "owner": "omar",
    "verifier": "vera", "chief": "emil", "teammate": "theo", "organiser": "dora",
    "secretary": "sena", "supervisor": "sol", "let_read": "lena", "system_admin": "ian",
    "security_admin": "sami", "auditor": "otto", "recused": "rita", "left": "lars",
    "elsewhere": "eva",
}  # fmt: skip
MORE = ("omar", "vera", "theo", "sena", "sol", "lena", "ian", "sami", "otto", "rita", "lars")
ROLES = {
    "sol": Role.SUPERVISOR, "lena": Role.SUPERVISOR, "ian": Role.SYSTEM_ADMIN,
    "sami": Role.SECURITY_ADMIN, "otto": Role.AUDITOR, "rita": Role.ORGANISER,
}  # fmt: skip
TASKS = {"sol": "approval", "lena": "approval", "sami": "security"}
WHY = "核对原始记录"
(NATIONAL_TEXT,) = shipped_sources(NATIONAL).values()


@dataclass
class Cast:
    world: World
    abroad: World
    kept: dict[str, Any] = field(default_factory=dict)
    logins: dict[str, SimpleCookie] = field(default_factory=dict)

    def browser(self, persona: str) -> Client:
        """With the cookies of one login, whatever earlier answers made of them."""
        if persona not in self.logins:
            realm = self.abroad if persona == "elsewhere" else self.world
            self.logins[persona] = realm.client(PERSONAS[persona]).cookies
        client = Client()
        client.cookies = deepcopy(self.logins[persona])
        return client

    def thing(self, name: str) -> Any:
        """Made when it is first asked for, and only once."""
        if name not in self.kept:
            self.kept[name] = THINGS[name](self)
        return self.kept[name]


def cast_all() -> Cast:
    world, abroad = small_world(), small_world("另一单位")
    abroad.person("eva", "伊娃")
    abroad.account("eva")
    for role in (Role.ORGANISER, Role.SUPERVISOR):
        abroad.entrust("eva", role)
    for key in MORE:
        world.person(key, key)
        world.account(key)
    world.sits("theo", "leaders", "member")
    for key, role in ROLES.items():
        world.entrust(key, role)
    for key, task in TASKS.items():
        client.entrust_task(world.realm_id, world.session("dora"), world.people[key], task, on=True)
    now, today = timezone.now(), timezone.localdate()
    name_secretary(world.actor("ada"), world.ada, world.people["sena"], start=today, at=now)
    recuse_from_person(
        world.actor("ben"), world.people["rita"], world.ben, because="dispute", at=now
    )
    org.leave_realm(world.founder, world.people["lars"], on=today - timedelta(days=1), at=now)
    return Cast(world, abroad)


def reception(cast: Cast) -> UUID:
    hours = Hours(4, Weeks.EVERY, time(9), time(10), 30, "一楼接待室", timezone.localdate())
    return set_reception(cast.world.actor("ada"), cast.world.ada, hours, at=timezone.now()).pk


def reception_day(cast: Cast) -> str:
    row = reception_for(cast.world.actor("ada"), cast.thing("reception"))
    return days_of(cast.world.actor("ada"), [row], now=timezone.now())[0].on.isoformat()


def case_of(cast: Cast) -> CaseRow:
    return write_case(
        cast.world.actor("dora"),
        kind="care",
        title="一次关怀谈话",
        text="先听，再问。",
        at=timezone.now(),
    )


def published_case(cast: Cast) -> UUID:
    case = case_of(cast)
    publish_case(cast.world.actor("sol"), case.pk, at=timezone.now())
    return case.pk


def let_talk(cast: Cast) -> UUID:
    """A recorded talk that Lena was let read."""
    talk = recorded(cast.world)
    row = services.ask_to_read(
        cast.world.actor("lena"), talk.pk, reason=WHY, hours=8, at=timezone.now()
    )
    services.approve_reading(cast.world.actor("sol"), row.pk, at=timezone.now())
    cast.kept["approved"] = row.pk
    return talk.pk


def approved(cast: Cast) -> UUID:
    cast.thing("recorded")
    return cast.kept["approved"]


def waiting(cast: Cast) -> UUID:
    talk = cast.thing("recorded")
    row = services.ask_to_read(
        cast.world.actor("sol"), talk, reason=WHY, hours=8, at=timezone.now()
    )
    return row.pk


def emergency(cast: Cast) -> UUID:
    world = cast.world
    talk = recorded(world)
    row = services.ask_to_read(
        world.actor("lena"), talk.pk, reason=WHY, hours=2, at=timezone.now(), is_emergency=True
    )
    services.approve_reading(world.actor("sol"), row.pk, at=timezone.now())
    return row.pk


def on_paper(cast: Cast) -> UUID:
    """A talk that Theo was asked to type from its sheet."""
    talk = agreed(cast.world)
    ada, theo = cast.world.actor("ada"), cast.world.people["theo"]
    return services.name_assistant(ada, talk.pk, theo, at=timezone.now()).pk


def typed(cast: Cast) -> UUID:
    """What he typed waits for Ada."""
    talk, now = on_paper(cast), timezone.now()
    scan = admit("a.txt", "手写".encode())
    services.enter_sheet(
        cast.world.actor("theo"), talk, text="手写的话", files=[scan], at=now, held_at=now
    )
    return talk


def unheard(cast: Cast) -> UUID:
    """Ada talked with Olga, who has no account; Sol was asked to read the record to her."""
    world, now = cast.world, timezone.now()
    world.person("olga", "老张")
    talk = proposed(world, other="olga")
    services.hold(world.actor("ada"), talk.pk, held_at=now, at=now)
    write(world, talk)
    sol = world.people["sol"]
    return services.name_witness(world.actor("ada"), talk.pk, sol, at=now).pk


def approving(cast: Cast) -> UUID:
    """An admonition of Ben by Ada that an organiser approves; Ben has not been told."""
    adopt(cast.world, change=("approval: chief", "approval: organisation"))
    return proposed(cast.world, kind="warning", type_id="admonishing").pk


def together(cast: Cast) -> UUID:
    """Ada with Ben and Theo, of which all have read the summary."""
    world, now = cast.world, timezone.now()
    group = group_of(world, ["ben", "theo"])
    services.hold_group(
        world.actor("ada"), group.pk, held_at=now, absence="", at=now,
        present=[world.ben, world.people["theo"]],
    )  # fmt: skip
    return summed_up(world, group=group).pk


def confirmed_talk(cast: Cast) -> UUID:
    talk = confirmed(cast.world)
    cast.kept["answer"] = Confirmation.objects.get(talk=talk).pk
    return talk.pk


def issue(stage: str) -> Callable[[Cast], UUID]:
    return lambda cast: issue_in(
        cast.world, stage, talk=held_talk(cast.world), owner="omar", verifier="vera"
    )


def inquiring(cast: Cast) -> UUID:
    """Omar looks into the facts."""
    issue_id = issue("raised")(cast)
    ask_facts(cast.world, issue_id, person="omar")
    return issue_id


def extending(cast: Cast) -> UUID:
    issue_id = issue("assigned")(cast)
    omar = cast.world.actor("omar")
    ask_time(omar, issue_id, until=later(), reason=WHY, at=timezone.now())
    return issue_id


def merged(cast: Cast) -> UUID:
    issue_id, other = issue("raised")(cast), cast.thing("raised")
    merge_issue(cast.world.actor("ada"), issue_id, other, at=timezone.now())
    return issue_id


def noted(cast: Cast) -> UUID:
    """Omar has noted how far it is, with a file."""
    issue_id = issue("assigned")(cast)
    file = admit("a.txt", "进度".encode())
    note_progress(cast.world.actor("omar"), issue_id, text=WHY, files=[file], at=timezone.now())
    cast.kept["proof"] = StepFile.objects.get(step__issue=issue_id).file_id
    return issue_id


def proof(cast: Cast) -> UUID:
    cast.thing("noted")
    return cast.kept["proof"]


def plan(cast: Cast) -> UUID:
    """Of the planning department, with a talk of Ada and Ben, and one that Ben leads.

    Emil is in charge there.
    """
    world, today = cast.world, timezone.localdate()
    for lead, subject in (("ada", "ben"), ("ben", "vera")):
        duty_of(
            world, lead, subject, unit_id=world.units["planning"],
            opens=today + timedelta(days=30), due=today + timedelta(days=90),
        )  # fmt: skip
    made = plans.propose_plan(
        world.actor("dora"),
        world.units["planning"],
        first=today,
        last=today + timedelta(days=120),
        today=today,
        at=timezone.now(),
    )
    cast.kept["planned"] = made.talks.get(initiator=world.ada).pk
    return made.pk


def planned(cast: Cast) -> UUID:
    cast.thing("plan")
    return cast.kept["planned"]


def export(unit: str | None) -> Callable[[Cast], UUID]:
    """Dora asks for a ledger of the planning department, or of her own."""

    def made(cast: Cast) -> UUID:
        today = timezone.localdate()
        unit_id = cast.world.units[unit] if unit else None
        wanted = exporting.Wanted(unit_id, today, today)
        dora = cast.world.actor("dora")
        return exporting.ask_export(dora, wanted, reason=WHY, on=today, at=timezone.now()).pk

    return made


def report(cast: Cast) -> UUID:
    """Of the planning department; Dora has not finished it."""
    dora, today = cast.world.actor("dora"), timezone.localdate()
    unit, year = cast.world.units["planning"], today.year + len(cast.kept)
    first, last = date(year, 1, 1), date(year, 12, 31)
    row = reporting.begin_report(dora, unit, first=first, last=last, on=today, at=timezone.now())
    return row.pk


def finished_report(cast: Cast) -> UUID:
    dora, today = cast.world.actor("dora"), timezone.localdate()
    return reporting.finish_report(dora, report(cast), base=1, on=today, at=timezone.now()).pk


def disposal(cast: Cast, years: int = 12) -> UUID:
    """Dora draws up a list, years on, of a talk of Ada and Ben."""
    confirmed(cast.world)
    on = date(timezone.localdate().year + years, 6, 1)
    dora = cast.world.actor("dora")
    return disposing.draw_list(dora, reason=WHY, on=on, at=timezone.now()).pk


def destroyed(cast: Cast) -> UUID:
    on = date(timezone.localdate().year + 12, 6, 1)
    sol = cast.world.actor("sol")
    return disposing.sign_list(sol, disposal(cast), on=on, at=timezone.now()).pk


def hold(cast: Cast) -> UUID:
    talk = confirmed(cast.world)
    return holding.ask_hold(cast.world.actor("dora"), talk.pk, reason=WHY, at=timezone.now()).pk


def authority(cast: Cast) -> UUID:
    units = cast.world.units
    return authorities.record_authority(
        cast.world.actor("dora"), unit_id=units["commission"], over_id=units["planning"],
        rank="", start=date(2026, 1, 1), source="任免文件", at=timezone.now(),
    )  # fmt: skip


def state(cast: Cast) -> UUID:
    return states.record_state(
        cast.world.actor("dora"), cast.world.ben, kind="ill", start=date(2026, 1, 1), end=None,
        sensitive=True, source="住院通知", at=timezone.now(),
    )  # fmt: skip


def waiver(cast: Cast) -> UUID:
    """Ada asks that her talk with Ben, which counts where Emil is in charge, need not be held."""
    duty = duty_of(cast.world, unit_id=cast.world.units["planning"])
    row = exempting.ask_waiver(
        cast.world.actor("ada"), duty.pk, reason=WHY, on=timezone.localdate(), at=timezone.now()
    )
    return row.pk


def delegation(cast: Cast) -> UUID:
    """Ben asks that Theo may hold talks for him."""
    world, today = cast.world, timezone.localdate()
    row = DelegationRequest(
        realm_id=world.realm_id, asked_by_id=world.ben, asked_at=timezone.now(), start=today,
        delegate_id=world.people["theo"], end=today + timedelta(days=30),
    )  # fmt: skip
    row.reason_sealed = seal_pii(world.realm_id, row.pk, "delegation-asked", WHY)
    row.save()
    return row.pk


def of_rules(table: Any) -> Callable[[Cast], UUID]:
    def found(cast: Cast) -> UUID:
        realm = cast.world.realm_id
        if (
            not RuleRow.objects.filter(realm=realm, pack=NATIONAL.partition("/")[0]).exists()
            and "pack_in_force" not in cast.kept
        ):
            duties.put_shipped_in_force(
                cast.world.founder, (NATIONAL,), start=date(2026, 1, 1), at=timezone.now()
            )
            cast.kept["pack_in_force"] = True
        return table.objects.filter(realm=realm).order_by("pk").first().pk

    return found


def proposed_draft(cast: Cast) -> UUID:
    dora, today = cast.world.actor("dora"), timezone.localdate()
    draft = writing.begin_draft(dora, NATIONAL_TEXT, at=timezone.now())
    text = NATIONAL_TEXT.replace("version: 2026.1", "version: 2026.9")
    draft = writing.save_text(dora, draft.pk, text, base=1, at=timezone.now())
    publishing.propose_draft(dora, draft.pk, base=2, start=today, today=today, at=timezone.now())
    return draft.pk


def crowded(cast: Cast) -> World:
    """Six more of the planning department were talked with; Omar heads the office that is told."""
    if "office" not in cast.world.units:
        crowd(cast.world, head="omar")
    return cast.world


def invitation(cast: Cast) -> UUID:
    """Ben is asked how a talk with Ada was, of some weeks ago."""
    world, today = cast.world, timezone.localdate()
    row = EchoInvitation.objects.create(
        realm_id=world.realm_id, talk_id=cast.thing("recorded"), person_id=world.ben,
        leader_id=world.ada, period=period_for(today).code,
    )  # fmt: skip
    return row.pk


def sample(cast: Cast) -> UUID:
    """Drawn by Sol from all that is closed: a talk of Ada and Ben."""
    confirmed(cast.world)
    today = timezone.localdate()
    wish = Wish(today - timedelta(days=30), today, 5)
    return draw_sample(cast.world.actor("sol"), wish, at=timezone.now()).pk


def inspection(cast: Cast) -> UUID:
    """Proposed by Sol: Theo shall look at the talks of a month."""
    today = timezone.localdate()
    month, members = today - timedelta(days=30), (cast.world.people["theo"],)
    team = Team("检查", today, today, month, today, members)
    return propose_inspection(cast.world.actor("sol"), team, at=timezone.now()).pk


def call(cast: Cast) -> UUID:
    return CallBack.objects.filter(sample=cast.thing("sample"))[0].pk


def result(cast: Cast) -> UUID:
    """Of Ben's department, frozen by Dora."""
    yearly.declared(cast.world)
    yearly.a_year(cast.world)
    yearly.frozen(cast.world)
    return yearly.result_of(cast.world).pk


def quarter(cast: Cast) -> str:
    today = timezone.localdate()
    take_quarter(cast.world.realm_id, today=today, at=timezone.now())
    return last_quarter(today).code


def frozen_year(cast: Cast) -> int:
    cast.thing("result")
    return yearly.LAST


def open_year(cast: Cast) -> int:
    """The one before, which nobody has frozen."""
    cast.thing("result")
    year = yearly.LAST - 1
    yearly.declared(cast.world, since=year)
    yearly.requests(cast.world, 1, year=year)
    until = date(year, 12, 31)
    look_at_year(cast.world.realm_id, year, until=until, at=timezone.now())
    return year


def appeal(cast: Cast) -> UUID:
    """Ben appeals."""
    today, now = timezone.localdate(), timezone.now()
    result = cast.thing("result")
    made = appraisal.appeal_against(cast.world.actor("ben"), result, reason=WHY, on=today, at=now)
    return made.pk


def result_unopposed(cast: Cast) -> UUID:
    """Of the commission, which Ada chairs."""
    cast.thing("result")
    return yearly.result_of(cast.world, "commission").pk


def scheme(state: str) -> Callable[[Cast], UUID]:
    def made(cast: Cast) -> UUID:
        today, now, dora = timezone.localdate(), timezone.now(), cast.world.actor("dora")
        row = appraisal.begin_scheme(dora, first_year=today.year + 1, at=now)
        if state != "draft":
            appraisal.propose_scheme(dora, row.pk, on=today, at=now)
        if state == "published":
            appraisal.publish_scheme(cast.world.actor("sol"), row.pk, on=today, at=now)
        return row.pk

    return made


THINGS: dict[str, Callable[[Cast], Any]] = {
    "approving": approving,
    "on_paper": on_paper,
    "typed": typed,
    "unheard": unheard,
    "group": lambda cast: group_of(cast.world, ["ben", "theo"]).pk,
    "summed_up": together,
    "proposed": lambda cast: proposed(cast.world).pk,
    "recorded": let_talk,
    "confirmed": confirmed_talk,
    "request": lambda cast: asked(cast.world).pk,
    "suggested": lambda cast: sent_elsewhere(cast.world).pk,
    "invitation": invitation,
    "feedback": lambda cast: written(crowded(cast)).pk,
    "reply": lambda cast: reply_of(crowded(cast)).pk,
    "reply_published": lambda cast: published_reply(crowded(cast)).pk,
    "summary": lambda cast: summary_of(cast.world).pk,
    "common": lambda cast: common_of(cast.world).pk,
    "common_to_plan": lambda cast: common_to_plan(cast.world).pk,
    "lead": lambda cast: lead_of(crowded(cast)).pk,
    "lead_handed": lambda cast: handed_lead(crowded(cast)).pk,
    "feedback_sent": lambda cast: released(crowded(cast)).pk,
    "raised": issue("raised"),
    "assigned": issue("assigned"),
    "reported": issue("reported"),
    "verified": issue("verified"),
    "answered": issue("answered"),
    "inquiring": inquiring,
    "extending": extending,
    "merged": merged,
    "noted": noted,
    "proof": proof,
    "signal": lambda cast: signal_about_ada(cast.world).pk,
    "sample": sample,
    "inspection": inspection,
    "call": call,
    "duty": lambda cast: duty_of(cast.world, unit_id=cast.world.units["planning"]).pk,
    "waiver": waiver,
    "event": lambda cast: cast.world.event("key_meeting", timezone.localdate(), unit="planning").pk,
    "delegation": delegation,
    "approved": approved,
    "waiting": waiting,
    "emergency": emergency,
    "result": result,
    "quarter": quarter,
    "frozen_year": frozen_year,
    "open_year": open_year,
    "appeal": appeal,
    "result_unopposed": result_unopposed,
    "scheme": scheme("published"),
    "scheme_proposed": scheme("proposed"),
    "scheme_draft": scheme("draft"),
    "indicator": lambda _: "closure",
    "plan": plan,
    "planned": planned,
    "authority": authority,
    "state": state,
    "unit": lambda cast: cast.world.units["planning"],
    "team": lambda cast: cast.world.teams["leaders"],
    "person": lambda cast: cast.world.ben,
    "leader": lambda cast: cast.world.ada,
    "handover": lambda cast: (
        open_handover(cast.world.actor("ada"), cast.world.people["theo"], at=timezone.now()).pk
    ),
    "recusal": lambda cast: (
        recuse_from_person(
            cast.world.actor("ben"),
            cast.world.cleo,
            cast.world.ben,
            because="wish",
            at=timezone.now(),
        ).pk
    ),
    "proposal": lambda cast: (
        propose_role(
            cast.world.actor("sami"),
            cast.world.people["theo"],
            Role.ORGANISER,
            on=timezone.localdate(),
            at=timezone.now(),
        ).pk
    ),
    "conflict": lambda cast: (
        declare_conflict(
            cast.world.actor("dora"),
            cast.world.cleo,
            cast.world.people["theo"],
            because="relative",
            source=WHY,
            start=timezone.localdate(),
            at=timezone.now(),
        ).pk
    ),
    "secretary": lambda cast: (
        name_secretary(
            cast.world.actor("ada"),
            cast.world.ada,
            cast.world.people["theo"],
            start=timezone.localdate(),
            at=timezone.now(),
        ).pk
    ),
    "draft": lambda cast: (
        writing.begin_draft(cast.world.actor("dora"), NATIONAL_TEXT, at=timezone.now()).pk
    ),
    "proposed_draft": proposed_draft,
    "pack": of_rules(PackInForce),
    "rule": of_rules(RuleRow),
    "none": lambda _: uuid4(),
    "paper": lambda _: "record",
    "list": disposal,
    "destroyed": destroyed,
    "hold": hold,
    "hold_step": lambda _: "confirm",
    "report": report,
    "finished_report": finished_report,
    "export": export("planning"),
    "own_export": export(None),
    "docx": lambda _: "docx",
    "one": lambda _: 1,
    "year": lambda _: 2026,
    "day": lambda _: "2026-11-28",
    "reception": reception,
    "reception_day": reception_day,
    "view": lambda cast: save_view(
        cast.world.actor("ada"), name="超期", query="show=led&light=red", at=timezone.now()
    ),
    "kind_key": lambda _: "style",
    "pack_name": lambda cast: cast.thing("pack") and NATIONAL,
    "cite_name": lambda _: "political-life-request",
    "case_draft": lambda cast: case_of(cast).pk,
    "case": published_case,
    "kind": lambda _: "xlsx",
    "of_kind": lambda _: "warning",
    "form": lambda _: "txt",
    "step": lambda _: "assign",
}
