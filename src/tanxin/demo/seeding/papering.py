"""A talk on paper that waits for the chief's press, and an elder's word that was read back."""

import zlib
from collections.abc import Iterator
from struct import pack
from uuid import UUID

from tanxin.apps.talks import services as talks
from tanxin.core.uploads import admit
from tanxin.demo.seeding.stage import Course, Stage
from tanxin.demo.seeding.talking import agree, digest_of
from tanxin.demo.seeding.year import LEADERS

WIDE, HIGH, MARGIN, LINE, SIGN, GAP = 420, 594, 36, 33, 23, 5
PAPER, RULED, INK = 250, 190, 40
SPOKEN = (
    "谈了班子分工调整后的衔接，认为对口部门之间还要多通气。"
    "本人身体恢复得不错，希望下半年多跑几个园区。没有其他意见。"
)
OPENING = "电话问候，老同志近来起居都好，关心单位食堂和体检安排，没有提出困难。"


def papering_courses(stage: Stage) -> Iterator[Course]:
    chief, assistant = (stage.cast.persona(who) for who in ("demo-secretary", "demo-assistant"))
    leaders = [stage.cast.id_of(human) for human in stage.cast.org.people[:LEADERS]]
    yield on_paper(stage, chief, leaders[3], assistant)
    elder = next(state.human for state in stage.cast.org.states if state.kind == "年老体弱")
    yield read_back(stage, stage.cast.persona("demo-head"), stage.cast.id_of(elder))


def on_paper(stage: Stage, lead: UUID, other: UUID, assistant: UUID) -> Course:
    """Both have signed; what the assistant typed waits for the one who led."""
    cast, clock = stage.cast, stage.clock
    yield (at := clock.ago(4, 9, 20))
    planned = clock.ago(2, 16)
    talk = talks.propose_talk(
        cast.actor(lead), with_person=other, planned_for=planned, kind="routine", at=at
    )
    yield (at := clock.ago(3, 11))
    began = agree(cast.actor(other), cast.actor(lead), talk, at)
    yield (at := clock.ago(2, 17, 30))
    talks.name_assistant(cast.actor(lead), talk.pk, assistant, at=at)
    yield (at := clock.ago(1, 9, 45))
    scan = admit("谈话记录表.png", written_page())
    talks.enter_sheet(
        cast.actor(assistant), talk.pk, text=SPOKEN, files=[scan], held_at=began, at=at
    )


def read_back(stage: Stage, lead: UUID, other: UUID) -> Course:
    """Without an account: an organiser phones, reads it out and enters what is said."""
    cast, clock = stage.cast, stage.clock
    organiser = cast.persona("demo-organiser")
    yield (at := clock.ago(8, 10, 10))
    talk = talks.propose_talk(
        cast.actor(lead), with_person=other, planned_for=at, kind="care", channel="phone", at=at
    )
    yield (at := clock.ago(8, 10, 40))
    talks.hold(cast.actor(lead), talk.pk, held_at=clock.ago(8, 10, 10), at=at)
    yield (at := clock.ago(8, 11))
    talks.write_record(cast.actor(lead), talk.pk, text=OPENING, nothing_raised=True, at=at)
    yield (at := clock.ago(6, 15))
    with cast.at_keeper(lead) as author:
        talks.name_witness(author, talk.pk, organiser, at=at)
    yield (at := clock.ago(5, 9, 30))
    talks.say_for_another(
        cast.actor(organiser), talk.pk, "confirmed", how="phone", digest=digest_of(talk), at=at
    )


def written_page() -> bytes:
    """A page with ruled lines and a hand's strokes on them, as a PNG in two shades."""
    rows = (bytes([0, *(shade(across, down) for across in range(WIDE))]) for down in range(HIGH))
    head = pack(">IIBBBBB", WIDE, HIGH, 8, 0, 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b"")
    sealed = (pack(">I", len(data)) + kind + data + crc(kind + data) for kind, data in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(sealed)


def crc(data: bytes) -> bytes:
    return pack(">I", zlib.crc32(data))


def shade(across: int, down: int) -> int:
    """White at the edges, a line below each row, and strokes on the upper rows."""
    if not (MARGIN < across < WIDE - MARGIN and MARGIN < down < HIGH - MARGIN):
        return PAPER
    if down % LINE == 0:
        return RULED
    is_gap = across % SIGN < GAP or down % LINE < LINE // 3 or down > HIGH // 2
    return PAPER if is_gap or (across * 7 + down * 13) % SIGN > GAP else INK
