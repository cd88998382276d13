"""The course of something raised in a talk, from its first words to the answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tanxin.apps.issues import services as issues
from tanxin.apps.talks.models import Talk
from tanxin.core.following import Effect
from tanxin.demo.seeding.stage import Course, Stage
from tanxin.demo.texts import Trouble

LEFT = {
    "solved": "",
    "partly": "比以前好多了，个别时候还有反复。",
    "not": "只好了两周，现在又和原来一样。",
}
SENT_BACK = "材料里只有通知，没有看到实际效果，请补充基层使用情况。"


@dataclass(frozen=True, slots=True)
class TroublePlan:
    """Days are working days between steps. ``stops`` names the step that is not taken any more."""

    trouble: Trouble
    owner: UUID
    verifier: UUID
    due_in: int = 25
    takes: int = 16
    stops: str = ""
    is_sent_back: bool = False
    helped: str = ""


def trouble_course(stage: Stage, plan: TroublePlan, talk: Talk, moment: datetime) -> Course:
    lead = stage.cast.actor(talk.initiator_id)
    trouble, clock = plan.trouble, stage.clock
    yield (at := clock.soon(moment))
    issue = issues.raise_issue(lead, talk.pk, kind=trouble.kind, text=trouble.raised, at=at)
    if plan.stops == "assign":
        return
    yield (at := clock.later(at, 2))
    issues.assign_issue(
        lead, issue.pk, owner=plan.owner, verifier=plan.verifier,
        due=clock.later(at, plan.due_in).date(), statement_text=trouble.statement,
        measure_text=trouble.measure, at=at,
    )  # fmt: skip
    if plan.stops != "report":
        yield from solving_course(stage, plan, issue.pk, at)
    if plan.stops in {"", "answer"}:
        yield (at := clock.later(at, plan.takes + 4))
        if plan.stops == "":
            issues.answer_issue(lead, issue.pk, answer_text=trouble.answer, at=at)
            yield from effect_course(stage, plan, issue.pk, talk.subject_id, at)


def effect_course(
    stage: Stage, plan: TroublePlan, issue_id: UUID, subject: UUID, moment: datetime
) -> Course:
    """Some weeks later; who is empty in ``helped`` says nothing."""
    clock = stage.clock
    if not plan.helped:
        return
    yield (at := clock.at(clock.calendar.add_working_days(moment.date(), 21), 9, 40))
    word, left = Effect(plan.helped), LEFT[plan.helped]
    issues.say_effect(stage.cast.actor(subject), issue_id, word=word, text=left, at=at)


def solving_course(stage: Stage, plan: TroublePlan, issue_id: UUID, moment: datetime) -> Course:
    owner, verifier = stage.cast.actor(plan.owner), stage.cast.actor(plan.verifier)
    clock, trouble = stage.clock, plan.trouble
    at = clock.later(moment, plan.takes)
    if plan.is_sent_back:
        yield (early := clock.later(moment, plan.takes - 6))
        issues.report_measure(owner, issue_id, evidence_text=trouble.measure, at=early)
        yield (early := clock.later(early, 2))
        issues.verify_measure(verifier, issue_id, solved=False, note=SENT_BACK, at=early)
    yield at
    issues.report_measure(owner, issue_id, evidence_text=trouble.evidence, at=at)
    if plan.stops != "verify":
        yield (at := clock.later(at, 2))
        issues.verify_measure(verifier, issue_id, solved=True, note=trouble.note, at=at)
