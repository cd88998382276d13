"""A talk of today that is well prepared, and two people who must not talk with each other."""

from collections.abc import Iterator
from datetime import timedelta

from tanxin.apps.org.models import PersonState, RankHolding
from tanxin.apps.org.services import record_fact
from tanxin.apps.org.services.conflicts import declare_conflict
from tanxin.apps.talks import services as talks
from tanxin.apps.talks.models import Talk
from tanxin.demo.seeding.stage import Course, Stage
from tanxin.demo.seeding.waiting import Waiting

HALF_PAST = 30
TOPICS = (
    "一、分管的两个处缺人，想听听您对年底前调整的意见。\n"
    "二、上次说的培训名额还没有落实。\n三、家里老人需要照顾，想把出差排得匀一些。"
)
OUTLINE = (
    "先请他说，不打断。\n培训名额的事没有办成，当面说明原因，定下哪天回话。\n"
    "职级的事已经公示，祝贺一句，提醒责任也重了。"
)
PROMOTED, REPORTED, MARRIED = "职级晋升公示", "本人报告", "本人报告：夫妻关系"


def preparing_courses(stage: Stage) -> Iterator[Course]:
    waiting = Waiting(stage)
    late = waiting.plan("growth", 0, owner="人事处", verifier="督查考核处", due=20, stops="report")
    yield waiting.talked(waiting.secretary, waiting.deputy, "team", days=44, then=late)
    yield known(stage, waiting)
    yield today(stage, waiting)
    yield kept_apart(stage, waiting)


def known(stage: Stage, waiting: Waiting) -> Course:
    """What has changed since the last talk, and what is to be borne in mind."""
    organiser = stage.cast.actor(waiting.organiser)
    yield (at := stage.clock.ago(12, 9, 20))
    rank = RankHolding(person_id=waiting.deputy, rank="diaoyan-1", start=at.date(), source=PROMOTED)
    record_fact(organiser, rank, at=at)
    yield (at := stage.clock.ago(9, 15, 10))
    alone = PersonState(
        person_id=waiting.deputy, kind="alone", start=at.date(), source=REPORTED,
        end=at.date() + timedelta(days=150),
    )  # fmt: skip
    record_fact(organiser, alone, at=at)


def today(stage: Stage, waiting: Waiting) -> Course:
    """Agreed for this afternoon; the topics stand there, and so does the leader's own outline."""
    cast, clock = stage.cast, stage.clock
    yield (at := clock.ago(4, 11, 15))
    when = clock.at(cast.today, 16, HALF_PAST)
    talk_id = waiting.propose(waiting.secretary, waiting.deputy, "team", when=when, at=at)
    yield (at := clock.ago(3, 9, 45))
    talks.agree(cast.actor(waiting.deputy), talk_id, at=at)
    yield (at := clock.ago(2, 17, 5))
    talks.write_topics(cast.actor(waiting.deputy), talk_id, text=TOPICS, at=at)
    yield (at := clock.ago(1, 16, 40))
    talk = Talk.objects.get(realm=cast.realm_id, pk=talk_id)
    talks.write_outline(cast.actor(talk.initiator_id), talk_id, text=OUTLINE, at=at)


def kept_apart(stage: Stage, waiting: Waiting) -> Course:
    """Two heads are married; one of them said so himself."""
    yield (at := stage.clock.ago(1, 11, 50))
    declare_conflict(
        stage.cast.actor(waiting.head), waiting.head, waiting.heads["园区建设处"],
        because="relative", source=MARRIED, start=at.date(), at=at,
    )  # fmt: skip
