"""A pack with kinds and types of its own, for tests of how talks of them are held."""

from datetime import date

from django.utils import timezone

from tanxin.apps.duties import services as duties

PACK = """
pack: kinds
title: {zh: 谈话种类示例, en: Kinds}
version: "%(version)s"
level: unit
organisations: any
extends: []
valid: {from: 2026-01-01}
citations:
  c: {document: 本单位谈话办法, year: 2026, article: 第七条, issued: unit, clause: 书记约谈须先审批。}
kinds:
  counsel:
    title: {zh: 学业谈话, en: Counsel}
    form: either
    channel: [face, video]
    fields:
      - {id: course, title: {zh: 学业情况, en: How studies go}, needed: yes}
      - {id: plan, title: {zh: 下一步打算, en: What comes next}}
      - {id: mood, title: {zh: 打算, en: Choice}, choices: [{zh: 继续, en: Go on}, {zh: 休学, en: Pause}]}
    signature: subject
    grade: limited
    retention: {years: 10}
    clock: {working_days: 5}
    follow_up: feedback
types:
  led:
    title: {zh: 书记约谈, en: Held by a secretary}
    kind: warning
    held_by: [{branch: secretary}]
  admonishing:
    title: {zh: 诫勉谈话, en: Admonition}
    kind: warning
    form: individual
    approval: chief
    preparation: [{zh: 核实事由, en: Check the facts}]
    signature: [subject, initiator]
    effect: {months: 6}
    clock: {days: 10}
    counts: no
  round:
    title: {zh: 座谈, en: Round}
    kind: routine
    form: collective
rules:
  - id: counsel-each-year
    title: {zh: 每年学业谈话, en: Counsel each year}
    who: {seat: chief, of: leadership}
    whom: {seat: deputy, of: leadership}
    relation: team
    time: {at_least: 1, each: year}
    count: pair
    kind: counsel
    form: either
    channel: [face, video]
    cites: c
  - id: led
    title: {zh: 书记约谈, en: Led}
    text_only: unmeasurable
    type: led
    cites: c
"""
START = date(2026, 1, 1)


def adopt(world, version="1", *, start=START, change=("", "")):
    """Put the pack in force; ``change`` replaces a text in it by another."""
    text = PACK % {"version": version}
    if change[0]:
        text = text.replace(*change)
    return duties.put_in_force(
        world.founder, {f"kinds-{version}.yaml": text}, start=start, at=timezone.now()
    )
