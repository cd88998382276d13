import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tanxin.apps.org.models import Person, Tenure, Upload
from tanxin.core.access import Role

pytestmark = pytest.mark.django_db
HEAD = "单位,部门,姓名,性别,出生年月,现任职务,任现职时间,职级,工号\n"
GOOD = "市委机关,综合处,张　伟,男,1980.05,处长,2024.03,县处级正职,T001\n"
BAD = "市委机关,综合处,王琳,女,1885.13,科员,,,T003\n"
UNSURE = "市委机关,综合处,李未,女,1990.10,科员,2020.1,,T004\n"


@pytest.fixture
def dora(world, client_of):
    world.unit("市委机关", "organ")
    world.unit("综合处", "department", "市委机关")
    return client_of("dora")


def upload(client, text, name="花名册.csv", **more):
    file = SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
    return client.post(reverse("roster:start"), {"file": file, "on": "2026-11-23", **more})


def looked(client, text, **more):
    answer = upload(client, text, **more)
    assert answer.status_code == 303, answer.content.decode()
    return answer["Location"], client.get(answer["Location"]).content.decode()


def hidden(page):
    return dict(re.findall(r'name="(on|complete|shown)" value="([^"]*)"', page))


def accept(client, url, page, **more):
    return client.post(url.split("?")[0] + "accept/", {**hidden(page), **more})


def test_looking_shows_who_would_join_and_writes_nothing(dora):
    _, page = looked(dora, HEAD + GOOD)

    assert "张伟" in page
    assert "综合处 处长" in page
    assert not Person.objects.filter(number="T001").exists()


def test_accepting_writes_it_and_forgets_the_file(dora):
    url, page = looked(dora, HEAD + GOOD)

    assert accept(dora, url, page).status_code == 303
    assert Person.objects.filter(number="T001").exists()
    assert not Upload.objects.exists()


def test_a_faulty_row_is_told_with_place_and_mend_and_stops_the_whole(dora):
    url, page = looked(dora, HEAD + GOOD + BAD)

    assert "出生年月" in page
    assert "第3行" in page.replace(" ", "")
    answer = accept(dora, url, page)
    assert answer.status_code == 422
    assert not Person.objects.filter(number__startswith="T00").exists()

    assert accept(dora, url, page, accept_good="1").status_code == 303
    assert list(
        Person.objects.filter(number__startswith="T00").values_list("number", flat=True)
    ) == ["T001"]


def test_the_file_between_looking_and_accepting_is_sealed(dora):
    looked(dora, HEAD + GOOD)

    sealed = bytes(Upload.objects.get().sealed)
    assert "张".encode() not in sealed
    assert b"T001" not in sealed


def test_a_difference_that_moved_is_shown_again_and_not_written(dora):
    url, page = looked(dora, HEAD + GOOD)
    answer = accept(dora, url, page.replace('name="shown" value="', 'name="shown" value="0'))

    assert answer.status_code == 422
    assert "张伟" in answer.content.decode()
    assert not Person.objects.filter(number="T001").exists()


def test_another_organiser_does_not_find_my_file(dora, world, client_of):
    url, _ = looked(dora, HEAD + GOOD)
    world.person("otto", "欧途")
    world.account("otto")
    world.entrust("otto", Role.ORGANISER)
    otto = client_of("otto")

    assert otto.get(reverse("roster:start")).status_code == 200
    assert otto.get(url).status_code == 404
    assert accept(otto, url, "", on="2026-11-23").status_code == 404
    assert client_of("ada").get(url).status_code == 403
    assert dora.get(url).status_code == 200


def test_a_file_that_is_no_roster_gets_a_sentence(dora):
    _, page = looked(dora, b"%PDF-1.7 not a roster", name="名册.pdf")

    assert "PDF" in page
    assert "接受这些改动" not in page


def test_the_template_and_the_export_are_spreadsheets(dora):
    for answer in (
        dora.get(reverse("roster:template")),
        dora.post(reverse("roster:export", args=["xlsx"])),
    ):
        assert answer.content[:2] == b"PK"
        assert "attachment" in answer["Content-Disposition"]


def test_an_answered_question_is_taken_in_as_it_was_answered(dora):
    url, page = looked(dora, HEAD + UNSURE)
    keys = set(re.findall(r'name="(answer-\w+)"', page))
    assert len(keys) == 1
    said = {**hidden(page), keys.pop(): "2020-10"}

    settled = dora.post(url.split("?")[0], said).content.decode()
    assert (
        accept(dora, url, settled, **{k: v for k, v in said.items() if "answer" in k}).status_code
        == 303
    )
    tenure = Tenure.objects.get(person__number="T004")
    assert (tenure.start.year, tenure.start.month) == (2020, 10)


def test_discarding_leaves_neither_file_nor_change(dora):
    url, _ = looked(dora, HEAD + GOOD)

    assert dora.post(url.split("?")[0] + "discard/").status_code == 303
    assert not Upload.objects.exists()
    assert not Person.objects.filter(number="T001").exists()


def test_the_report_asks_the_database_as_often_for_sixty_people_as_for_three(
    dora, django_assert_max_num_queries
):
    counted = []
    for count in (3, 3, 60):
        rows = "".join(
            f"市委机关,综合处,林{n:03},男,1980.05,科员,2024.03,,R{n:03}\n" for n in range(count)
        )
        answer = upload(dora, HEAD + rows + BAD)
        with django_assert_max_num_queries(27) as asked:
            dora.get(answer["Location"])
        counted.append(len(asked))
    assert counted[1] == counted[2]


FAULTY = {
    "空文件.csv": (b"", "空"),
    "名册.pdf": (b"%PDF-1.7", "PDF"),
    "旧表.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls"),
    "图.png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "图片"),
    "坏表.xlsx": (b"PK\x03\x04 and no more", "损坏"),
    "无表头.csv": ("甲,乙\n1,2\n3,4\n".encode(), "表头"),
    "乱码.csv": (b"\xff\xfe\xff\xff\x00\x81\x81", ""),
}


@pytest.mark.parametrize("name", FAULTY)
def test_a_file_that_cannot_be_read_is_named_in_chinese_and_offers_no_accepting(dora, name):
    data, word = FAULTY[name]
    _, page = looked(dora, data, name=name)
    told = "".join(re.findall(r'class="told">(.*?)</td>', page, re.DOTALL))

    assert word in told
    assert not re.search(r"[a-z]+-[a-z]+", re.sub(r"<[^>]*>", "", told))
    assert "/accept/" not in page


ROWS = {
    "出生年月": "市委机关,综合处,王琳,女,1885.13,科员,,,T003",
    "综合外": "市委机关,综合外,王琳,女,1985.10,科员,,,T003",
    "县处正极": "市委机关,综合处,王琳,女,1985.10,科员,,县处正极,T003",
    "2020.1": "市委机关,综合处,王琳,女,1985.10,科员,2020.1,,T003",
    "姓名": "市委机关,综合处,,女,1985.10,科员,2020.10,,T003",
    "1985": "市委机关,综合处,王琳,女,1985,科员,2020.10,,T003",
    "性别": "市委机关,综合处,王琳,雌,1985.10,科员,2020.10,,T003",
}


@pytest.mark.parametrize("word", ROWS)
def test_a_faulty_cell_is_told_with_its_row_and_what_to_do(dora, word):
    _, page = looked(dora, HEAD + GOOD + ROWS[word] + "\n")
    told = [
        text for text in re.findall(r'class="told">(.*?)</td>', page, re.DOTALL) if "第" in text
    ]

    assert any("3" in text and word in text for text in told), told


def test_words_are_offered_and_codes_sent(dora):
    _, page = looked(dora, HEAD + ROWS["县处正极"] + "\n")

    assert re.search(r'value="chu-zheng"><span[^>]*>县处级正职<', page)


def test_a_word_unknown_in_six_hundred_rows_is_asked_once_and_settled_for_all(dora):
    rows = "".join(
        f"市委机关,综和处,林{n:03},男,1980.05,科员,2024.03,,R{n:03}\n" for n in range(600)
    )
    url, page = looked(dora, HEAD + rows)
    keys = re.findall(r'name="(answer-\w+)"', page)
    assert len(set(keys)) == 1
    assert "600" in page

    answers = {keys[0]: "综合处"}
    settled = dora.post(url.split("?")[0], {**hidden(page), **answers}).content.decode()
    assert accept(dora, url, settled, **answers).status_code == 303
    assert Tenure.objects.filter(person__number__startswith="R").count() == 600
