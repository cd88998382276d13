"""The pages of the yearly result, from what counts to the appeal and the table that leaves."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import load_workbook

from appraisal_steps import LAST, THIS, a_year, declared, entrusted, frozen, result_of
from tanxin.apps.appraisal.models import Addition, Appeal, SchemeVersion, Taken
from tanxin.apps.appraisal.services.freezing import look_at_years
from tanxin.apps.talks.models import Request
from tanxin.core.appraisal import DEFAULT, INDICATORS, Indicator, Nature
from tanxin.core.appraisal.indicators import THRESHOLD_ONLY
from tanxin.core.appraisal.scheme import BOUNDS


def url(name, *args):
    return reverse(f"appraisal:{name}", args=args)


def sent(client, where, data=None):
    answer = client.post(where, data or {})
    return client.get(answer["Location"]) if answer.status_code == 303 else answer


def text(answer) -> str:
    return answer.content.decode()


def scheme_form(**more) -> dict:
    data = {name: getattr(DEFAULT, name) for name in BOUNDS} | {"first_year": THIS}
    for key, nature in INDICATORS.items():
        if key not in THRESHOLD_ONLY:
            data[f"weight_{key.value}"] = DEFAULT.weights.get(key, 0)
        if nature is Nature.PROCESS:
            data[f"floor_{key.value}"] = DEFAULT.floors.get(key, 0)
    return data | more


@pytest.fixture
def staffed(world):
    return entrusted(world)


@pytest.fixture
def ours(staffed):
    declared(staffed)
    a_year(staffed)
    frozen(staffed)
    return result_of(staffed)


def test_what_counts_is_drafted_proposed_given_back_and_put_in_force(staffed, client_of):
    dora, sol = client_of("dora"), client_of("sol")
    assert "还没有考核办法" in text(dora.get(url("schemes")))
    assert "结果类权重" in text(dora.get(url("begin_scheme")))

    heavy = dora.post(url("begin_scheme"), scheme_form(weight_confirmed=80, weight_closure=0))
    assert heavy.status_code == 422
    assert "过程类权重超过了结果类权重" in text(heavy)
    assert not SchemeVersion.objects.exists()

    assert "草稿已保存" in text(sent(dora, url("begin_scheme"), scheme_form()))
    row = SchemeVersion.objects.get()
    assert client_of("cleo").get(url("scheme", row.pk)).status_code == 404
    sent(dora, url("propose_scheme", row.pk))
    assert sol.post(url("return_scheme", row.pk), {"reason": " "}).status_code == 422
    sent(sol, url("return_scheme", row.pk), {"reason": "门槛再低一些"})
    assert "门槛再低一些" in text(dora.get(url("scheme", row.pk)))
    assert "80" in text(dora.get(url("edit_scheme", row.pk)))
    assert dora.post(url("edit_scheme", row.pk), scheme_form(again=3)).status_code == 422
    sent(dora, url("edit_scheme", row.pk), scheme_form(floor_coverage=70))
    sent(dora, url("propose_scheme", row.pk))
    assert "生效" in text(sent(sol, url("publish_scheme", row.pk)))
    again = sol.post(url("publish_scheme", row.pk))
    assert again.status_code == 422
    assert "谈话覆盖：70%" in text(client_of("cleo").get(url("scheme", row.pk)))


def test_a_draft_is_given_up(staffed, client_of):
    dora = client_of("dora")
    sent(dora, url("begin_scheme"), scheme_form(first_year=LAST))
    row = SchemeVersion.objects.get()
    late = dora.post(url("propose_scheme", row.pk))
    assert "须事先公布" in text(late)
    dora.post(url("drop_scheme", row.pk))
    row.refresh_from_db()
    assert row.state == "dropped"


def test_units_stand_in_the_order_of_the_organisation_and_nobody_has_a_result(staffed, client_of):
    assert "还没有可以查看的结果" in text(client_of("cleo").get(url("results")))
    declared(staffed)
    a_year(staffed)
    look_at_years(staffed.realm_id, today=timezone.localdate(), at=timezone.now())
    client = client_of("dora")

    page = text(client.get(url("year", LAST)))

    assert page.index("测试委员会</a>") < page.index("规划处</a>")
    assert "证据不足" in page
    assert not any(name in page.split("<main")[1] for name in ("本明", "安雅"))
    assert "sort" not in page.split("<main")[1]
    assert client.post(url("freeze", THIS)).status_code == 422
    assert "已冻结" in text(sent(client, url("freeze", LAST)))
    assert client.post(url("freeze", LAST)).status_code == 422
    assert client_of("sol").post(url("freeze", LAST)).status_code == 403


def test_a_result_says_how_it_is_computed_and_opens_to_its_evidence(ours, client_of):
    client = client_of("ben")

    page = text(client.get(url("result", ours.pk)))

    assert "完全一致" in page
    assert "补 10 例" in page
    assert "问题经核查解决" in page
    for key in Indicator:
        assert client.get(url("evidence", ours.pk, key.value)).status_code == 200
    evidence = text(client.get(url("evidence", ours.pk, "closure")))
    assert evidence.count(reverse("issues:mine")) >= 7
    assert "单可" not in evidence.split("<main")[1]
    asked = text(client.get(url("evidence", ours.pk, "requests"))).split("<main")[1]
    assert f">{LAST}-05<" in asked
    assert f"{LAST}-05-10" not in asked
    assert client.get(url("evidence", ours.pk, "talks")).status_code == 404


def test_from_the_statement_to_the_granted_appeal(ours, client_of):
    ben, sally = client_of("ben"), client_of("sally")
    assert "说明已附" in text(sent(ben, url("answer", ours.pk), {"text": "有两件客观上办不了"}))
    assert ben.post(url("answer", ours.pk), {"text": ""}).status_code == 422
    assert ben.post(url("make_appeal", ours.pk), {"reason": ""}).status_code == 422
    sent(ben, url("make_appeal", ours.pk), {"reason": "有一件不属我处"})
    assert ben.post(url("make_appeal", ours.pk), {"reason": "再来"}).status_code == 422
    appeal = Appeal.objects.get()
    assert "等待您决定的申诉" in text(sally.get(url("results")))
    assert "等待您决定的申诉" not in text(client_of("dora").get(url("results")))
    assert client_of("dora").post(url("grant", appeal.pk), {"answer": "行"}).status_code == 403

    page = text(sally.get(url("appeal", appeal.pk)))
    field = page.split('name="count-')[1].split('"')[0]
    assert "有一件不属我处" in page
    nothing = sally.post(url("grant", appeal.pk), {"answer": "行"})
    assert "请在下面选定" in text(nothing)
    assert sally.post(url("grant", appeal.pk), {f"count-{field}": "out"}).status_code == 422
    sent(sally, url("grant", appeal.pk), {"answer": "核实不计", f"count-{field}": "out"})

    added = Addition.objects.get()
    shown = text(ben.get(url("result", ours.pk)))
    assert f"{added.tenths // 10}.{added.tenths % 10}" in shown
    assert "继续留存" in shown
    assert sally.post(url("refuse", appeal.pk), {"answer": "晚了"}).status_code == 422
    assert "申诉后" in text(client_of("dora").get(url("year", LAST)))


def test_an_appeal_is_refused_or_taken_back(ours, client_of):
    ben, sally = client_of("ben"), client_of("sally")
    sent(ben, url("make_appeal", ours.pk), {"reason": "不公平"})
    first = Appeal.objects.get()
    sent(sally, url("refuse", first.pk), {"answer": "证据无误"})
    assert "证据无误" in text(ben.get(url("appeal", first.pk)))
    sent(ben, url("make_appeal", ours.pk), {"reason": "还是不公平"})
    second = Appeal.objects.exclude(pk=first.pk).get()
    assert "已撤回" in text(sent(ben, url("withdraw", second.pk)))
    assert ben.post(url("withdraw", second.pk)).status_code == 422


def test_the_table_is_taken_away_with_a_reason_and_names_nobody(ours, client_of):
    client = client_of("sol")
    assert "用途" in text(client.get(url("take", LAST)))
    assert client.post(url("take", LAST), {"form": "xlsx", "reason": ""}).status_code == 422
    assert not Taken.objects.exists()

    file = client.post(url("take", LAST), {"form": "xlsx", "reason": "年度党建考核"})
    book = load_workbook(BytesIO(file.content))
    cells = [
        str(cell)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    ]

    assert file["Content-Disposition"].startswith("attachment")
    assert "规划处" in cells
    assert any("证据不足" in cell for cell in cells)
    assert sum(cell.startswith("问题 ") for cell in cells) >= 7
    assert cells.count("约谈（按答复期限）") == 6
    requests = {str(pk)[:8] for pk in Request.objects.values_list("pk", flat=True)}
    assert not any(one in cell for one in requests for cell in cells)
    assert not any(name in cell for cell in cells for name in ("本明", "单可", "安雅"))
    word = client.post(url("take", LAST), {"form": "docx", "reason": "年度党建考核"})
    assert "规划处" in ZipFile(BytesIO(word.content)).read("word/document.xml").decode()
    assert Taken.objects.count() == 2
    assert client_of("ben").get(url("take", LAST)).status_code == 403


def test_an_opinion_is_entered_for_somebody_without_an_account(staffed, client_of):
    staffed.person("elder", "老赵")
    client = client_of("dora")
    assert "离退休人员" in text(client.get(url("opinions")))
    data = {
        "person": staffed.people["elder"], "unit": staffed.units["planning"], "answer": "yes",
        "said": "常来看我", "way": "visit", "said_on": timezone.localdate().isoformat(),
    }  # fmt: skip

    assert client.post(url("opinions"), data | {"person": staffed.ben}).status_code == 422
    assert "常来看我" in text(sent(client, url("opinions"), data))
    assert client_of("sol").get(url("opinions")).status_code == 403
