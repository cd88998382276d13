"""What is taken out on paper says what the page says, in letters that are all there."""

from io import BytesIO

import docx
import pypdf
import pytest
from django.urls import reverse

from talk_kinds import adopt
from talk_steps import SAID, agreed, confirmed, events_about, held, proposed, recorded
from world import NAMES

RARE = "曌堃喆玥彧璟翀淏祎甯𠮷"


def take(world, name, talk, paper, form="docx"):
    return world.client(name).get(reverse("talks:paper", args=[talk.pk, paper, form]))


def words_of(answer) -> str:
    assert answer.status_code == 200, answer
    document = docx.Document(BytesIO(answer.content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    foot = document.sections[0].footer.paragraphs
    return "\n".join([*(one.text for one in [*document.paragraphs, *foot]), *cells])


def words_of_pdf(answer) -> str:
    assert answer.status_code == 200, answer
    pages = pypdf.PdfReader(BytesIO(answer.content)).pages
    return "".join(page.extract_text() for page in pages)


def test_a_notice_names_the_leader_the_time_and_not_the_kind(world):
    talk = agreed(world, place="三楼小会议室", kind="warning")

    said = words_of(take(world, "ada", talk, "notice"))

    for part in (f"{NAMES['ben']}同志", NAMES["ada"], "三楼小会议室", "当面"):
        assert part in said
    assert "警示" not in said
    assert events_about(talk)[-1] == "talk.printed"


def test_a_sheet_has_a_place_for_every_field_of_its_kind(world):
    adopt(world)
    talk = held(world, kind="counsel")

    said = words_of(take(world, "ada", talk, "sheet"))

    for part in ("学业情况", "下一步打算", "谈话对象签名", "□ 没有提出问题"):
        assert part in said


def test_a_record_stands_with_its_version_and_room_to_answer(world):
    talk = recorded(world)

    said = words_of(take(world, "ben", talk, "record"))

    for part in (SAID, "第1版", "□ 属实", "□ 未进行该次谈话", "谈话对象签名", f"{NAMES['ben']} 20"):
        assert part in said


def test_what_was_confirmed_needs_no_second_signature(world):
    said = words_of(take(world, "ada", confirmed(world), "record"))

    assert "□" not in said
    assert "谈话对象已确认" in said


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_rare_characters_and_signs_of_markup_are_all_there(world, form):
    text = f"与{RARE}谈：<b>&</b> #pagebreak() *重点* _线_ $x$"
    talk = recorded(world, text)

    answer = take(world, "ada", talk, "record", form)

    said = words_of(answer) if form == "docx" else words_of_pdf(answer)
    joined = said.replace("\n", "").replace(" ", "")
    assert text.replace(" ", "") in joined


def test_a_paper_is_for_those_who_may_open_it(world):
    talk = recorded(world)
    for name in ("cleo", "dora", "emil"):
        for paper in ("notice", "sheet", "record"):
            assert take(world, name, talk, paper).status_code in {403, 404}
    assert take(world, "ben", talk, "sheet").status_code == 403
    assert events_about(talk).count("talk.printed") == 0


def test_what_is_not_there_yet_is_not_found(world):
    talk = proposed(world)
    for paper, form in (("record", "pdf"), ("notice", "exe"), ("other", "pdf")):
        assert take(world, "ada", talk, paper, form).status_code == 404


def test_the_page_of_a_talk_offers_what_there_is(world):
    talk = recorded(world)
    shown = world.client("ben").get(reverse("talks:talk", args=[talk.pk])).content.decode()

    assert reverse("talks:paper", args=[talk.pk, "record", "pdf"]) in shown
    assert reverse("talks:paper", args=[talk.pk, "sheet", "pdf"]) not in shown
