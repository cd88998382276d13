"""What the kinds of things are called that entries of the log are about."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

KINDS: dict[str, Promise] = {
    "talk": pgettext_lazy("log", "talk"),
    "waiver": pgettext_lazy("log", "waiver"),
    "delegation": pgettext_lazy("log", "delegation"),
    "draft": pgettext_lazy("log", "draft of rules"),
    "group": pgettext_lazy("log", "group talk"),
    "request": pgettext_lazy("log", "request"),
    "record": pgettext_lazy("log", "text"),
    "issue": pgettext_lazy("log", "issue"),
    "signal": pgettext_lazy("log", "signal"),
    "sample": pgettext_lazy("log", "sample"),
    "inspection": pgettext_lazy("log", "inspection"),
    "callback": pgettext_lazy("log", "call-back"),
    "measure": pgettext_lazy("log", "measure"),
    "issue_kind": pgettext_lazy("log", "kind of issues"),
    "person": pgettext_lazy("log", "person"),
    "account": pgettext_lazy("log", "account"),
    "unit": pgettext_lazy("log", "unit"),
    "post": pgettext_lazy("log", "post"),
    "team": pgettext_lazy("log", "team"),
    "realm": pgettext_lazy("log", "organisation"),
    "calendar": pgettext_lazy("log", "working calendar"),
    "event": pgettext_lazy("log", "event"),
    "pack": pgettext_lazy("log", "rule pack"),
    "derivation": pgettext_lazy("log", "deriving of duties"),
    "duty": pgettext_lazy("log", "duty"),
    "plan": pgettext_lazy("log", "plan of the year"),
    "planned_talk": pgettext_lazy("log", "planned talk"),
    "log": pgettext_lazy("log", "log"),
    "subject": pgettext_lazy("log", "party"),
    "recusal": pgettext_lazy("log", "recusal"),
    "conflict": pgettext_lazy("log", "relation that forbids"),
    "outline": pgettext_lazy("log", "outline"),
    "topic": pgettext_lazy("log", "topic"),
    "reception": pgettext_lazy("log", "reception hours"),
    "file": pgettext_lazy("log", "attached file"),
    "tenure": pgettext_lazy("log", "tenure"),
    "seat": pgettext_lazy("log", "seat"),
    "charge": pgettext_lazy("log", "charge"),
    "contact": pgettext_lazy("log", "contact"),
    "branchmember": pgettext_lazy("log", "member of a branch"),
    "personstate": pgettext_lazy("log", "state of a person"),
    "rankholding": pgettext_lazy("log", "rank held"),
    "role": pgettext_lazy("log", "role"),
    "handover": pgettext_lazy("log", "handover list"),
    "credential": pgettext_lazy("log", "means to log in"),
    "session": pgettext_lazy("log", "login"),
    "key": pgettext_lazy("log", "key"),
    "export": pgettext_lazy("log", "ledger taken out"),
    "report": pgettext_lazy("log", "report on a period"),
    "hold": pgettext_lazy("log", "keeping of a talk"),
    "disposal": pgettext_lazy("log", "list to destroy"),
    "case": pgettext_lazy("log", "case to learn from"),
    "common": pgettext_lazy("log", "common issue"),
    "feedback": pgettext_lazy("log", "feedback to a unit"),
    "lead": pgettext_lazy("log", "matter handed on"),
    "reply": pgettext_lazy("log", "reply in public"),
    "result": pgettext_lazy("log", "result of a year"),
    "scheme": pgettext_lazy("log", "scheme of the year's results"),
    "statistics": pgettext_lazy("log", "figures of a quarter"),
    "summary": pgettext_lazy("log", "summary for the unit above"),
    "undertaking": pgettext_lazy("log", "undertaking"),
}


def about(kind: str, subject: str) -> str:
    """The kind in words, and the beginning of the number of what it is."""
    return f"{KINDS.get(kind, kind)} {subject[:8]}".strip()


AREAS: dict[str, Promise] = {
    "access": pgettext_lazy("log", "reading by request"),
    "address": pgettext_lazy("log", "addresses"),
    "appeal": pgettext_lazy("log", "appeals"),
    "call": pgettext_lazy("log", "call-backs"),
    "detail": pgettext_lazy("log", "details of entries"),
    "duties": pgettext_lazy("log", "duties as a whole"),
    "echo": pgettext_lazy("log", "private answers"),
    "effect": pgettext_lazy("log", "effects of measures"),
    "fact": pgettext_lazy("log", "facts about people"),
    "inquiry": pgettext_lazy("log", "inquiries"),
    "marking": pgettext_lazy("log", "marks of secrets"),
    "meeting_pack": pgettext_lazy("log", "packs before meetings"),
    "memo": pgettext_lazy("log", "memos"),
    "opinion": pgettext_lazy("log", "opinions taken down"),
    "overdue": pgettext_lazy("log", "what is overdue"),
    "plan": pgettext_lazy("log", "plans"),
    "quota": pgettext_lazy("log", "limits"),
    "records": pgettext_lazy("log", "texts as a whole"),
    "roster": pgettext_lazy("log", "roster"),
    "rules": pgettext_lazy("log", "rules"),
    "signals": pgettext_lazy("log", "signals as a whole"),
    "secretary": pgettext_lazy("log", "secretaries"),
    "tampering": pgettext_lazy("log", "tampering"),
    "task": pgettext_lazy("log", "tasks of the keeper"),
}


def area_name(area: str) -> str:
    """What the first half of an event's name is called."""
    return str((AREAS | KINDS).get(area) or area)
