"""Builds the demo realm once."""

import sys
from pathlib import Path

import click
from django.conf import settings
from django.db import connection
from django.utils import timezone

from tanxin.apps.audit.tasks import take_checkpoints
from tanxin.apps.notices.services import tell_overdue
from tanxin.apps.org import services
from tanxin.apps.realms.models import Realm
from tanxin.apps.realms.selectors import demo_realm_id, work_calendar, zone_of
from tanxin.apps.talks.services import let_lapse
from tanxin.demo.dice import dice
from tanxin.demo.invent import invent
from tanxin.demo.progress import step
from tanxin.demo.seeding.appraising import appraising_courses
from tanxin.demo.seeding.cast import Cast, cast_of
from tanxin.demo.seeding.clock import Clock
from tanxin.demo.seeding.drafting import write_drafts
from tanxin.demo.seeding.echoing import echo_courses, give_accounts
from tanxin.demo.seeding.filing import filing_courses
from tanxin.demo.seeding.founding import (
    entrust_roles,
    found,
    open_accounts,
    take_in_files,
    write_files,
)
from tanxin.demo.seeding.overseeing import overseeing_courses
from tanxin.demo.seeding.papering import papering_courses
from tanxin.demo.seeding.planning import planning_courses
from tanxin.demo.seeding.preparing import preparing_courses
from tanxin.demo.seeding.receiving import receiving_courses
from tanxin.demo.seeding.rules import derive_duties
from tanxin.demo.seeding.setting_aside import derive_again, setting_aside_courses
from tanxin.demo.seeding.signalling import Signalling
from tanxin.demo.seeding.sorting import sorting_courses
from tanxin.demo.seeding.stage import Stage, play
from tanxin.demo.seeding.teaching import teach
from tanxin.demo.seeding.telling import telling_courses
from tanxin.demo.seeding.turning import turning_courses
from tanxin.demo.seeding.waiting import waiting_courses
from tanxin.demo.seeding.year import year_courses
from tanxin.demo.texts import Deck


def build() -> None:
    """Do nothing where the realm is complete; exit with 1 where building it was interrupted."""
    known = demo_realm_id()
    if known is None:
        seed(Path(settings.TANXIN_HOME) / "files")
    elif Realm.objects.filter(pk=known, seeding_until=None).exists():
        click.echo("演示数据已就绪 / The demo is ready.")
    else:
        click.echo("上次未建完，请加 --fresh 重建 / It was left half built: use --fresh.", err=True)
        sys.exit(1)


def seed(folder: Path) -> None:
    click.echo("正在建立演示单位 / Building the demo organisation:")
    trust_the_disk()
    org = invent(timezone.localdate())
    with step("写好花名册文件 {n} 个", "{n} roster files written") as line:
        paths = write_files(org, folder)
        line.count = len(paths)
    realm_id = found(org)
    with step("导入花名册，变更 {n} 项", "roster imported, {n} changes") as line:
        line.count = take_in_files(realm_id, org, paths)
    cast = cast_of(realm_id, org)
    with step("演示账号和角色 {n} 个", "{n} accounts and roles") as line:
        line.count = open_accounts(cast) + give_accounts(cast) + entrust_roles(cast)
    with step("应谈 {n} 项", "{n} duties") as line:
        line.count = derive_duties(cast)
    stage = stage_of(cast)
    signalling = Signalling(stage)
    with step("过去一年和今日待办 {n} 步", "the past year and what waits today, {n} steps") as line:
        courses = [
            *year_courses(stage),
            *planning_courses(stage),
            *waiting_courses(stage),
            *receiving_courses(stage),
            *papering_courses(stage),
            *preparing_courses(stage),
            *turning_courses(stage),
            *overseeing_courses(stage),
            *setting_aside_courses(stage),
            *echo_courses(stage),
            *sorting_courses(stage),
            *telling_courses(stage),
            *signalling.courses(),
            *appraising_courses(stage),
            *filing_courses(stage),
        ]
        line.count = play(courses, until=timezone.now())
        derive_again(stage)
        let_lapse(realm_id, today=cast.today, at=timezone.now())
        tell_overdue(realm_id, today=cast.today, at=timezone.now())
    with step("督查提示 {n} 条", "{n} signals for supervision") as line:
        line.count = signalling.settle()
    with step("起草中的规则 {n} 套", "{n} drafts of rules") as line:
        line.count = write_drafts(cast, timezone.now())
    with step("保密承诺 {n} 份", "{n} undertakings given") as line:
        line.count = teach(cast, timezone.now())
    services.finish_seeding(realm_id)
    take_checkpoints()


def trust_the_disk() -> None:
    """What is half written is built anew, so nothing waits for SQLite to reach the disk."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")


def stage_of(cast: Cast) -> Stage:
    clock = Clock(cast.today, zone_of(cast.realm_id), work_calendar(cast.realm_id), dice("hours"))
    return Stage(cast, clock, Deck(dice("words")), dice("story"))
