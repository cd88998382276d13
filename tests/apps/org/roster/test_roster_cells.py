from datetime import date, datetime

import pytest

from apps.org.roster import made
from tanxin.apps.org.roster import read_roster, settle, values
from tanxin.apps.org.roster.dates import When, read_when


@pytest.mark.parametrize(
    ("raw", "year", "month", "day"),
    [
        ("1980.5", 1980, 5, 0),
        ("1980.05", 1980, 5, 0),
        ("1980.1", 1980, 1, 0),
        ("198005", 1980, 5, 0),
        ("1980年5月", 1980, 5, 0),
        ("１９８０年０５月", 1980, 5, 0),
        ("1980 . 05", 1980, 5, 0),
        ("1980-05-01", 1980, 5, 1),
        ("1980/5/1", 1980, 5, 1),
        ("1980年5月1日", 1980, 5, 1),
        ("19800501", 1980, 5, 1),
        ("1980-05-01 00:00:00", 1980, 5, 1),
        (date(1980, 5, 1), 1980, 5, 1),
        (datetime(1980, 5, 1, 8), 1980, 5, 1),
        (198005, 1980, 5, 0),
        (19800501.0, 1980, 5, 1),
        (1980.05, 1980, 5, 0),
        (1980.12, 1980, 12, 0),
        (1980.5, 1980, 5, 0),
        (1980.2, 1980, 2, 0),
    ],
)
def test_dates_are_read_as_written(raw, year, month, day):
    assert read_when(raw) == When(year, month, day)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (1980.1, "date-ambiguous"),
        (1980, "date-year-only"),
        ("1980", "date-year-only"),
        ("1980.13", "date-impossible"),
        ("1980-02-30", "date-impossible"),
        (1980.13, "date-impossible"),
        (29342, "date-serial"),
        ("五月", "date-unreadable"),
        (1.5, "date-unreadable"),
        (float("nan"), "date-unreadable"),
        (float("inf"), "date-unreadable"),
        (True, "date-unreadable"),
        (1980.1234, "date-unreadable"),
    ],
)
def test_dates_that_are_no_dates_are_never_guessed(raw, code):
    assert read_when(raw).code == code


@pytest.mark.parametrize("raw", ["", "  ", "无", "——"])
def test_no_date_is_no_problem(raw):
    assert read_when(raw) is None


def test_a_number_1980_1_is_a_question_with_both_readings():
    roster = read_roster("a.xlsx", made.people_xlsx(made.person(出生年月=1980.1, 身份证号="")))

    (question,) = roster.questions
    assert question.readings == ("1980-01", "1980-10")
    assert (question.where.row, question.where.column, question.where.header) == (
        2,
        "D",
        "出生年月",
    )
    assert roster.people[0].birth == ""
    assert settle(roster, {question.key: "1980-10"}).people[0].birth == "1980-10"
    assert settle(roster, {question.key: "1980-10"}).questions == ()


def test_in_csv_even_text_1980_1_is_a_question():
    rows = [
        ["姓名", "性别", "出生年月", "单位"],
        ["张伟", "男", "1980.1", "局"],
        ["李娜", "女", "1980.10", "局"],
    ]

    roster = read_roster("a.csv", made.csv_file(rows))

    assert [q.where.row for q in roster.questions] == [2]
    assert roster.people[1].birth == "1980-10"


def test_an_answer_that_was_not_offered_is_not_heard():
    roster = read_roster("a.xlsx", made.people_xlsx(made.person(出生年月=1980.1, 身份证号="")))

    settled = settle(roster, {roster.questions[0].key: "1999-01"})

    assert settled == roster
    assert settled.questions == roster.questions


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("张　伟", "张伟"),
        (" 张 伟 ", "张伟"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("John  Smith", "John Smith"),
        ("张\u200b伟", "张伟"),
    ],
)
def test_names_lose_the_blanks_that_align_them(written, name):
    assert values.person_name(written) == name


def test_an_id_number_is_checked():
    good = made.id_number()
    assert values.id_number(good) == (good, None)
    assert values.id_number(f" {good.lower()[:6]} {good[6:]}")[0] == good
    wrong = good[:-1] + ("0" if good[-1] != "0" else "1")
    assert values.id_number(wrong)[1].code == "id-check-digit"
    assert values.id_number(good[:-1])[1].code == "id-length"
    assert values.id_number(made.id_number("19801332"))[1].code == "id-birth-impossible"


@pytest.mark.parametrize("raw", [110105198005120011.0, 110105198005120011, "1.10105E+17"])
def test_an_id_number_kept_as_a_number_is_refused(raw):
    assert values.id_number(raw)[1].code == "id-lost-digits"


def test_fifteen_digits_become_eighteen_with_a_note():
    number, problem = values.id_number("110105491231002")
    assert number == "11010519491231002X"
    assert problem.code == "id-fifteen"
    assert values.id_number(110105491231002.0)[0] == "11010519491231002X"


@pytest.mark.parametrize(
    ("raw", "phone"),
    [
        ("138 0000 1111", "13800001111"),
        ("+86-138-0000-1111", "13800001111"),
        (13800001111.0, "13800001111"),
        ("010-65661234", "010-65661234"),
        ("65661234", "65661234"),
        ("", ""),
    ],
)
def test_phones_are_normalised(raw, phone):
    assert values.phone(raw) == (phone, None)


@pytest.mark.parametrize(
    ("raw", "code"), [("1.38E+10", "phone-lost-digits"), ("12345", "phone-unreadable")]
)
def test_phones_that_are_none_are_refused(raw, code):
    assert values.phone(raw)[1].code == code


def test_numbers_are_not_shown_whole():
    wrong = made.id_number()[:-1]

    assert wrong not in str(values.id_number(wrong)[1])


def test_birth_and_gender_are_compared_with_the_id_number():
    roster = read_roster("a.xlsx", made.people_xlsx(made.person(出生年月="1981.05", 性别="女")))

    by_code = {q.code: q for q in roster.questions}
    assert by_code["id-birth-differs"].readings == ("1981-05", "1980-05")
    assert by_code["id-gender-differs"].readings == ("f", "m")
    settled = settle(roster, {q.key: q.readings[1] for q in roster.questions})
    assert (settled.people[0].birth, settled.people[0].gender) == ("1980-05", "m")


@pytest.mark.parametrize(
    ("joined", "politics", "code", "day"),
    [
        ("2001.06", "中共党员", "01", date(2001, 6, 1)),
        ("民盟", "", "05", None),
        ("无党派", "", "12", None),
        ("1995.06；民盟", "", "01", date(1995, 6, 1)),
        ("", "群众", "13", None),
    ],
)
def test_the_party_column_may_hold_words(joined, politics, code, day):
    (person,) = read_roster(
        "a.xlsx", made.people_xlsx(made.person(入党时间=joined, 政治面貌=politics))
    ).people

    assert (person.politics, person.joined_party) == (code, day)


def test_unknown_words_offer_the_nearest():
    roster = read_roster(
        "a.xlsx", made.people_xlsx(made.person(政治面貌="中共预备党", 职级="一级主任科原"))
    )

    by_field = {q.field: q for q in roster.questions}
    assert "02" in by_field["politics"].readings
    assert by_field["rank"].readings[0] == "zhuren-1"


def told(**given):
    roster = read_roster("a.xlsx", made.people_xlsx(made.person(**given)))
    return [(f.severity.value, f.code, f.params.get("nearest", ""), f.params.get("known", ""))
            for f in roster.findings if f.where.row]  # fmt: skip


def test_a_rank_that_may_be_several_says_which_ones():
    assert told(职级="处级") == [("question", "rank-several", "县处级正职、县处级副职", "")]


def test_a_rank_that_is_none_offers_what_looks_like_it():
    ((severity, code, nearest, _known),) = told(职级="四级调研元")

    assert (severity, code) == ("question", "rank-unknown")
    assert nearest.startswith("四级调研员")


def test_a_word_like_nothing_known_is_an_error_with_words_to_write():
    ((severity, code, nearest, known),) = told(职级="甲乙丙")

    assert (severity, code, nearest) == ("error", "rank-unknown", "")
    assert "一级调研员" in known or "县处级正职" in known
    assert told(政治面貌="甲乙丙")[0][3].startswith("中共党员")


def test_a_meeting_may_be_called_by_its_year():
    rows = [["节点", "单位", "日期"], ["2026年度民主生活会", "局", "2027-01-08"]]
    (event,) = read_roster("a.xlsx", made.xlsx(("会议节点", rows))).events

    assert event.kind == "democratic_life_meeting"


def test_a_cell_may_name_several_states_and_active_is_none():
    heads = ("姓名", "性别", "单位", "状态")
    book = made.people_xlsx(
        made.person(状态="困难、独居"), made.person(姓名="李娜", 状态="在职"), heads=heads
    )

    assert [p.states for p in read_roster("a.xlsx", book).people] == [("hardship", "alone"), ()]


def test_too_long_a_text_is_refused_and_not_cut():
    roster = read_roster("a.xlsx", made.people_xlsx(made.person(现任职务="长" * 300)))

    assert roster.people[0].post == ""
    assert [f.code for f in roster.errors] == ["text-too-long"]


def test_lost_staff_numbers_are_named():
    heads = ("姓名", "工号", "单位", "性别")

    roster = read_roster("a.xlsx", made.people_xlsx(made.person(工号=1e17), heads=heads))

    assert [f.code for f in roster.errors] == ["number-lost-digits"]


def test_answers_about_days_and_states_take_the_type_of_the_field():
    seat = ["党组", "李娜", "成员", 29342, 45000]
    heads = ("姓名", "性别", "单位", "状态")
    book = made.xlsx(
        ("班子", [["班子名称", "姓名", "职务角色", "起", "止"], seat]),
        ("人员", [heads, ["李娜", "女", "局", "困难人员"]]),
    )
    roster = read_roster("a.xlsx", book)

    settled = settle(roster, {q.key: q.readings[0] for q in roster.questions})

    assert settled.teams[0].start == date(1980, 5, 1)
    assert settled.teams[0].end == date(2023, 3, 16)
    assert settled.people[0].states == ("hardship",)
    assert settled.questions == ()


def test_of_two_phone_columns_the_mobile_one_counts():
    heads = ("姓名", "性别", "单位", "联系电话", "手机号")
    book = made.people_xlsx(made.person(联系电话="010-65661234"), heads=heads)

    roster = read_roster("a.xlsx", book)

    assert roster.people[0].phone == "13800001111"
    assert "columns-ignored" in [f.code for f in roster.findings]


@pytest.mark.parametrize(
    ("order", "code"), [("第一", "order-unreadable"), (-1, "order-unreadable")]
)
def test_an_order_is_a_whole_number(order, code):
    rows = [["单位编码", "单位名称", "类别", "上级单位", "排序"], ["A", "局", "机关", "", order]]

    assert [f.code for f in read_roster("a.xlsx", made.xlsx(("机构", rows))).errors] == [code]


def test_a_rank_left_open_is_no_question():
    assert read_roster("a.xlsx", made.people_xlsx(made.person(职级="无"))).questions == ()
