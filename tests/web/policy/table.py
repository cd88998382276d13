"""Reading and writing the tables: one file per area, one line per address, verb and state."""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLResolver, get_resolver

from web.policy.cast import PERSONAS

HERE = Path(__file__).resolve().parent
HEAD = ("url", "verb", "thing", *PERSONAS)
VERBS = ("get", "post")
# Which thing stands for an argument, by area or address, else by the argument's name.
THING = {
    "talk_id": "recorded", "group_id": "summed_up", "issue_id": "reported", "duty_id": "duty", "waiver_id": "waiver", "event_id": "event", "delegation_id": "delegation",
    "unit_id": "unit", "authority_id": "authority", "state_id": "state",
    "team_id": "team", "person_id": "person", "request_id": "request", "rule_id": "rule",
    "pack_id": "pack", "number": "one", "seq": "one", "factor_id": "one", "year": "year", "on": "day", "day": "day",
    "leader_id": "leader", "handover_id": "handover", "recusal_id": "recusal", "secretary_id": "secretary",
    "proposal_id": "proposal", "signal_id": "signal", "sample_id": "sample", "call_id": "call", "inspection_id": "inspection", "plan_id": "plan", "draft_id": "draft", "invitation_id": "invitation", "base": "one", "planned_id": "planned",
    "kind": "kind", "form": "form", "step": "step", "answer_id": "answer", "upload_id": "none", "row_id": "none", "file_id": "proof", "secret": "none",
    "feedback_id": "feedback", "reply_id": "reply", "summary_id": "summary", "common_id": "common", "lead_id": "lead", "name": "paper", "file": "docx", "of_kind": "of_kind", "reception_id": "reception", "held_on": "reception_day", "conflict_id": "conflict", "kind_key": "kind_key", "act": "none", "view_id": "view", "case_id": "case", "pack_name": "pack_name", "cite_name": "cite_name",
    "result_id": "result", "quarter_code": "quarter", "of_year": "frozen_year", "appeal_id": "appeal", "scheme_id": "scheme", "indicator": "indicator",
    "export_id": "export", "report_id": "report",
    "list_id": "list", "hold_id": "hold", "hold_step": "hold_step",
}  # fmt: skip
STATES = {
    **dict.fromkeys(("feedback:feedback", "feedback:release"), ("feedback", "feedback_sent")),
    "feedback:answer": ("feedback_sent",), "feedback:reply": ("reply", "reply_published"),
    "common:common": ("common", "common_to_plan"), "common:plan": ("common", "common_to_plan"),
    "leads:lead": ("lead", "lead_handed"), "leads:follow": ("lead_handed",),
    "rules:draft": ("draft", "proposed_draft"), "rules:draft_approve": ("draft", "proposed_draft"),
    "rules:draft_return": ("proposed_draft",), "rules:draft_withdraw": ("proposed_draft",),
    "talks:agree": ("proposed",), "talks:move": ("proposed",), "talks:cancel": ("proposed",),
    "talks:refuse": ("proposed",), "talks:hold": ("proposed",), "talks:prepare": ("proposed",),
    "talks:group_hold": ("group",), "talks:group_cancel": ("group",), "talks:group_move": ("group",),
    "talks:approve": ("approving",), "talks:deny": ("approving",),
    "talks:talk": ("approving", "proposed", "recorded"), "access:arranged": ("proposed", "recorded"),
    **dict.fromkeys(("sheets:assistant", "sheets:type", "sheets:draft", "sheets:blank"), ("on_paper",)),
    **dict.fromkeys(("sheets:check", "sheets:return"), ("typed",)),
    **dict.fromkeys(("sheets:witness", "sheets:word"), ("unheard",)),
    "talks:receipt": ("confirmed",), "issues:raise": ("recorded",), "issues:assign": ("raised", "assigned"),
    "issues:report": ("assigned",), "issues:answer": ("verified",),
    "issues:inquire": ("raised",), "issues:find": ("inquiring",), "issues:decide_time": ("extending",),
    **dict.fromkeys(("issues:note", "issues:cause", "issues:ask_time", "issues:split"), ("assigned",)),
    "issues:explain": ("raised", "assigned"), "issues:merge": ("raised",), "issues:release": ("merged",),
    **dict.fromkeys(("issues:effect", "issues:take_up"), ("answered",)), "issues:file": ("noted",),
    "issues:issue": ("raised", "inquiring", "reported", "answered"),
    "access:request": ("waiting", "approved", "emergency"), "access:decide": ("waiting", "approved"),
    "talks:request": ("request", "suggested"), "talks:stay": ("suggested",), "talks:forward": ("suggested",),
    "appraisal:freeze": ("open_year",), "appraisal:make_appeal": ("result_unopposed",),
    "appraisal:scheme": ("scheme", "scheme_proposed", "scheme_draft"),
    **dict.fromkeys(("appraisal:publish_scheme", "appraisal:return_scheme"), ("scheme_proposed",)),
    **dict.fromkeys(("appraisal:edit_scheme", "appraisal:propose_scheme", "appraisal:drop_scheme"), ("scheme_draft",)),
    "reports:export": ("export", "own_export"), "reports:report": ("report", "finished_report"), "reports:measure": ("assigned",),
    "retention:certificate": ("destroyed",), "retention:list": ("list", "destroyed"),
    "reports:take": ("own_export", "export"),
    "learning:case": ("case_draft", "case"), "learning:case_publish": ("case_draft",),
    "learning:case_withdraw": ("case_draft", "case"),
    "access:review": ("emergency",), "access:give_up": ("waiting", "approved"),
}  # fmt: skip


def addresses(
    resolver: URLResolver | None = None, prefix: str = ""
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every address by name, with the names of its arguments in order."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, f"{prefix}{pattern.namespace}:")
        else:
            yield f"{prefix}{pattern.name}", tuple(pattern.pattern.converters)


def rows_to_ask(area: str) -> Iterator[tuple[str, str, str]]:
    """Address, verb and the thing its first argument names."""
    for name, arguments in sorted(addresses()):
        if name.partition(":")[0] != area:
            continue
        things = STATES.get(name) or ((THING.get(arguments[0], "none"),) if arguments else ("",))
        for verb in VERBS:
            for thing in things:
                yield name, verb, thing


def path_of(area: str) -> Path:
    return HERE / f"{area}.csv"


def read(area: str) -> dict[tuple[str, str, str], dict[str, str]]:
    if not path_of(area).exists():
        return {}
    with path_of(area).open(encoding="utf-8", newline="") as file:
        return {
            (line["url"], line["verb"], line["thing"]): {who: line[who] for who in PERSONAS}
            for line in csv.DictReader(file)
        }


def write(area: str, found: dict[tuple[str, str, str], dict[str, str]]) -> None:
    with path_of(area).open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(HEAD)
        lines.writerows(
            [*row, *(answers[who] for who in PERSONAS)] for row, answers in sorted(found.items())
        )
