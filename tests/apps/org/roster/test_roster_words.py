import ast
import re
from pathlib import Path

import pytest
from django.utils import translation

from apps.org.roster import made
from tanxin.apps.org import codes, roster
from tanxin.apps.org.codes.ranks import nearest_ranks
from tanxin.apps.org.roster import read_roster, words
from tanxin.apps.org.roster.kinds import READABLE, FileKind

SOURCES = sorted(Path(roster.__file__).parent.glob("*.py"))
CALLS = {
    "error",
    "note",
    "wrong",
    "unclear",
    "remark",
    "missing",
    "ArchiveRefused",
    "FormBroken",
    "coded",
}


def literals():
    """Every word the readers pass as a code or as a hint."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "attr", getattr(node.func, "id", "")) in CALLS
            ):
                given = [*node.args, *(k.value for k in node.keywords if k.arg == "hint")]
                yield from (
                    a.value
                    for a in given
                    if isinstance(a, ast.Constant) and isinstance(a.value, str)
                )


def test_every_code_and_hint_has_its_words():
    used = {word for word in literals() if re.fullmatch(r"[a-z]+(-[a-z]+)+", word)}
    used |= {kind.value for kind in FileKind if kind not in READABLE and kind is not FileKind.ZIP}

    assert used - set(words.WHAT) - set(words.HOW) == set()


def said(finding):
    return words.sentence(finding)


def ambiguous():
    (question,) = read_roster(
        "a.xlsx", made.people_xlsx(*[made.person(姓名=f"张{i}", 身份证号=made.id_number(serial=2 * i + 1)) for i in range(10)],
                                   made.person(出生年月=1980.1, 身份证号=""))
    ).questions  # fmt: skip
    return question


def test_the_sentence_says_where_what_and_how_to_mend_it():
    with translation.override("en"):
        assert said(ambiguous()) == (
            "Sheet “人员”, row 12 “出生年月”: says 1980.1, which may be January or October. "
            "Write it as text: 1980.01 or 1980.10."
        )


def catalogue():
    text = (Path(roster.__file__).parents[3] / "locale/zh_Hans/roster.po").read_text("utf-8")
    return dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', text, re.MULTILINE))


def test_every_sentence_is_translated():
    chinese = catalogue()

    for message in [*words.WHAT.values(), *words.HOW.values(), *words.EXPLANATION]:
        with translation.override(None):
            assert chinese.get(str(message)), str(message)


def test_translations_fill_in_the_same_values():
    for english, chinese in catalogue().items():
        assert set(re.findall(r"%\(\w+\)s", chinese)) == set(re.findall(r"%\(\w+\)s", english)), (
            english
        )


def test_findings_of_a_messy_file_can_all_be_said():
    heads = ("姓名", "性别", "出生年月", "单位", "职级", "手机号", "邮箱", "身份证号", "血型")
    book = made.xlsx(
        ("人员", [heads, ["", "？", 1980, "", "大官", "1", "x", "1", "A"], ["张伟", "男", "五月", "局", "", "", "", 1.1e17, ""]]),
        ("空", []),
        ("乱", [["甲"], ["乙"]]),
    )  # fmt: skip

    findings = read_roster("a.xlsx", book).findings

    assert len({f.code for f in findings}) > 9
    assert all("%(" not in said(f) for f in findings)


@pytest.mark.parametrize(
    "name",
    [
        "politics",
        "gender",
        "state",
        "unit_kind",
        "team_kind",
        "seat_role",
        "contact_kind",
        "branch_role",
        "event",
    ],
)
def test_every_word_leads_to_one_code_and_the_first_back_to_it(name):
    table = codes.table(name)

    assert all(table.code(table.word(code)) == code for code in table.words)
    assert table.word("nonsense") == "nonsense"


def test_politics_are_the_codes_of_the_standard():
    table = codes.table("politics")

    assert [table.code(word) for word in ("中共党员", "预备党员", "民盟", "群众")] == [
        "01",
        "02",
        "05",
        "13",
    ]


@pytest.mark.parametrize(
    ("word", "variant", "code"),
    [
        ("一级巡视员", "", "xunshi-1"),
        ("县处级正职", "", "chu-zheng"),
        ("正处级", "university", "chu-zheng"),
        ("正校级", "", "ting-zheng"),
        ("中层副职", "company", "zhongceng-fu"),
        ("diaoyan-1", "", "diaoyan-1"),
        ("大官", "", None),
    ],
)
def test_ranks_are_known_in_the_words_of_each_organisation(word, variant, code):
    assert codes.rank_of(word, variant) == code


def test_every_rank_word_means_one_rank_and_leads_back():
    for rank in codes.ranks().values():
        for variant, own in rank.words.items():
            assert codes.rank_of(own[0], variant) == rank.code
            assert codes.rank_word(rank.code, variant) == own[0]
    assert codes.rank_word("nonsense") == "nonsense"
    assert nearest_ranks("二级调研圆")[0] == "diaoyan-2"


def test_ranks_run_down_in_each_organisation():
    ladder = [
        codes.ranks()[code]
        for code in ("ting-zheng", "chu-zheng", "diaoyan-1", "ke-zheng", "keyuan-1")
    ]

    assert [rank.order for rank in ladder] == sorted(rank.order for rank in ladder)
    assert not codes.ranks()["diaoyan-1"].leading


@pytest.mark.parametrize(
    ("post", "role"),
    [
        ("支部书记", "secretary"),
        ("党支部副书记", "deputy"),
        ("纪检委员", "committee"),
        ("党委书记", "member"),
        ("", "member"),
    ],
)
def test_a_post_in_the_party_tells_the_role_in_the_branch(post, role):
    assert codes.branch_role(post) == role


def test_a_word_for_a_kind_is_offered_in_words():
    book = made.xlsx(
        ("机构", [["单位编码", "单位名称", "类别", "上级单位"], ["S", "局", "机官", ""]]),
        ("联系", [["类别", "联系人", "对象", "单位"], ["结伴", "甲一", "", "局"]]),
    )
    offered = {
        words.reading_word(question, reading)
        for question in read_roster("a.xlsx", book).questions
        for reading in question.readings
    }

    assert {"机关", "结对"} <= offered


def test_what_cannot_be_read_is_not_said_to_be_missing_as_well():
    head = ["节点", "单位/班子", "日期"]
    rows = [["民主生活会", "局", "2026-13-01"], ["民主生活会", "局", ""], ["民主生活会", "局", "-"]]
    roster = read_roster("a.xlsx", made.xlsx(("会议节点", [head, *rows])))

    assert [(finding.code, finding.where.row) for finding in roster.errors] == [
        ("date-impossible", 2), ("event-undated", 3), ("event-undated", 4),
    ]  # fmt: skip


def test_a_number_of_the_right_length_with_a_wrong_character_says_so():
    roster = read_roster(
        "a.xlsx", made.people_xlsx(made.person(身份证号=made.id_number()[:-1] + "A"))
    )

    assert [finding.code for finding in roster.errors] == ["id-characters"]
