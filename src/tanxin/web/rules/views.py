"""The packs in force, one pack with its rules, one rule with its clause."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tanxin.apps.duties.drafting.reading import may_read_drafts
from tanxin.apps.duties.reading import rulebook
from tanxin.apps.duties.reading.rulebook import Owed, PackLine
from tanxin.core.policy import Rule
from tanxin.core.policy.schema import Citation
from tanxin.web.requests import ActorRequest
from tanxin.web.rules import words
from tanxin.web.rules.cost import YearlyCost, minutes_of
from tanxin.web.rules.sentence import listed, sentence, words_of
from tanxin.web.rules.told import apart, told, ways
from tanxin.web.rules.wording import Wording, title_of, wording


@require_safe
def packs(request: ActorRequest) -> HttpResponse:
    today = timezone.localdate()
    lines = rulebook.pack_lines(request.actor)
    shown = {
        "in_force": [pack_row(line) for line in lines if line.is_in_force(today)],
        "others": [pack_row(line) for line in lines if not line.is_in_force(today)],
        "may_read_drafts": may_read_drafts(request.actor),
    }
    return render(request, "rules/packs.html", shown)


def pack_row(line: PackLine) -> dict[str, object]:
    rules = line.pack.rules
    clauses = {cite.id: cite for rule in rules for cite in rule.cites}
    return {
        "id": line.id,
        "title": title_of(line.pack.title),
        "level": words.word(words.LEVELS, line.pack.level),
        "version": line.pack.version,
        "start": line.start,
        "end": line.end,
        "counted": sum(rule.terms is not None for rule in rules),
        "in_words": sum(rule.terms is None for rule in rules),
        "clauses": len(clauses),
        "verified": sum(cite.verified for cite in clauses.values()),
        "unchecked": sum(not cite.verified for cite in clauses.values()),
    }


@require_safe
def pack(request: ActorRequest, pack_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    lines = rulebook.pack_lines(request.actor)
    line = rulebook.pack_among(lines, pack_id)
    keys = rulebook.rule_keys(request.actor, line.pack)
    counts = rulebook.duties_by_rule(request.actor, list(keys.values()), on=today, year=today.year)
    replaced = replaced_rules(lines, today)
    named = wording(rulebook.own_words(each.pack for each in lines))
    differ = apart(line.pack.rules, today, named)
    rows = []
    for rule in line.pack.rules:
        key = keys.get(rule.id)
        owed = (counts.get(key) if key else None) or Owed()
        rows.append({
            **rule_row(rule, named),
            "id": key,
            "owed": owed.owed,
            "held": owed.held,
            "sentence": told(rule, today, named) if rule.terms else "",
            "differs": differ[rule.id],
            "replaced": replaced.get(f"{line.pack.id}/{rule.id}"),
        })  # fmt: skip
    shown = {"pack": pack_row(line), "rules": rows, "year": today.year}
    return render(request, "rules/pack.html", shown)


def replaced_rules(lines: list[PackLine], today: date) -> dict[str, str]:
    """Upper rule → the pack whose rule stands for it today."""
    return {
        rule.replaces: title_of(line.pack.title)
        for line in lines
        for rule in line.pack.rules
        if rule.replaces and line.is_in_force(today)
    }


def rule_row(rule: Rule, named: Wording) -> dict[str, object]:
    return {
        "title": title_of(rule.title),
        "kind": words.word(named.talks, rule.type or rule.kind),
        "counts": rule.terms is not None,
        "reason": words.word(words.TEXT_REASONS, rule.text_only) if rule.text_only else "",
        "clauses": [clause_of(cite) for cite in rule.cites],
        "verified": all(cite.verified for cite in rule.cites),
    }


def clause_of(cite: Citation) -> dict[str, object]:
    return {
        "document": cite.document,
        "year": cite.year,
        "place": cite.place,
        "level": words.word(words.LEVELS, cite.issued),
        "text": cite.clause,
        "verified": cite.verified,
        "verified_by": cite.verified_by,
        "verified_on": cite.verified_on,
        "source": cite.source,
    }


@require_safe
def rule(request: ActorRequest, rule_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    line = rulebook.rule_line(request.actor, rule_id)
    named = wording(line.own)
    counts = rulebook.duties_by_rule(request.actor, [line.id], on=today, year=today.year)
    owed = counts.get(line.id, Owed())
    cost = YearlyCost(owed.owed, owed.leaders, minutes_of(line.rule.kind))
    shown = {
        "id": line.id,
        "pack_id": line.pack_id,
        "pack_title": title_of(line.pack.title) if line.pack else "",
        "version": line.version,
        "rule": rule_row(line.rule, named),
        "sentence": sentence(line.rule, today, named),
        "ways": list(ways(line.rule.ways, named)),
        "form": words.word(words.FORMS, line.rule.form),
        "channels": listed(words_of(words.CHANNELS, line.rule.channels)),
        "follow_up": listed(words_of(words.FOLLOW_UPS, line.rule.follow_up)),
        "exemptions": [
            (title_of(one.title), listed(words_of(named.states, one.states)))
            for one in line.rule.exemptions
        ],
        "owed": owed.owed,
        "held": owed.held,
        "cost": cost if owed.owed else None,
        "year": today.year,
    }
    return render(request, "rules/rule.html", shown)
