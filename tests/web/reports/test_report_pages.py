"""Reports with their words and figures, what a meeting needs, and the sheet of a measure."""

from datetime import date, timedelta
from io import BytesIO

import docx
import pytest
from django.urls import reverse
from django.utils import timezone

from issue_builders import held_talk, issue_in
from talk_steps import confirmed, duty_of, events_about, recorded
from tanxin.apps.reports.models import Report
from tanxin.core.access import Role
from tanxin.core.calendar.periods import PeriodKind, period_of
from world import NAMES

RARE = "曌堃喆玥彧璟翀淏祎甯𠮷"
SAID = f"班子成员带头谈，{RARE}：#pagebreak() <b>"


def words_of(answer):
    assert answer.status_code == 200, answer
    made = docx.Document(BytesIO(answer.content))
    cells = (cell.text for table in made.tables for row in table.rows for cell in row.cells)
    foot = made.sections[0].footer.paragraphs
    return "\n".join([*(one.text for one in [*made.paragraphs, *foot]), *cells])


def page(client, name, *args, **asked):
    answer = client.get(reverse(f"reports:{name}", args=args), asked)
    assert answer.status_code == 200, answer
    return answer.content.decode()


@pytest.fixture
def row(world, client_of):
    form = {"unit": str(world.units["planning"]), "year": "2026", "span": "Y"}
    assert client_of("dora").post(reverse("reports:begin"), form).status_code == 303
    return Report.objects.get()


def write(client, row, base=1, **said):
    said = {"overview": SAID, "problems": "", "next": "明年上半年补齐。", **said}
    return client.post(reverse("reports:report", args=[row.pk]), {**said, "base": base})


def test_an_organiser_writes_and_finishes_and_figures_stay(world, client_of, row, sol):
    dora = client_of("dora")
    duty = duty_of(world, "emil", "ben", unit_id=world.units["planning"], due=date(2026, 12, 30))
    again = {"unit": str(world.units["planning"]), "year": "2026", "span": "Y"}
    assert dora.post(reverse("reports:begin"), again)["Location"].endswith(f"{row.pk}/")
    assert write(dora, row).status_code == 303
    assert write(dora, row).status_code == 422
    assert RARE in page(dora, "report", row.pk)
    assert "班子成员".encode() not in bytes(Report.objects.get().said_sealed)
    assert write(client_of("sol"), row, base=2).status_code == 403
    assert client_of("cleo").get(reverse("reports:report", args=[row.pk])).status_code == 404
    finish = reverse("reports:finish", args=[row.pk])
    assert dora.post(finish, {"base": 1}).status_code == 422

    assert dora.post(finish, {"base": 2}).status_code == 303

    duty.delete()
    shown = page(client_of("emil"), "report", row.pk)
    assert "<b>1</b>应谈" in shown
    assert "明年上半年补齐" in shown
    assert write(dora, row, base=3).status_code == 422
    assert reverse("reports:report", args=[row.pk]) in page(client_of("emil"), "start")


def test_who_supervises_or_leads_as_well_freezes_no_exact_number_of_issues(world, client_of):
    issue_in(world, "raised", talk=held_talk(world))
    for name, roles in (("dora", Role.SUPERVISOR), ("ada", Role.ORGANISER)):
        world.entrust(name, roles)
    for unit, name in (("commission", "dora"), ("commission", "ada"), ("planning", "dora")):
        Report.objects.all().delete()
        form = {"unit": str(world.units[unit]), "year": "2026", "span": "Y"}
        browser = client_of(name)
        assert browser.post(reverse("reports:begin"), form).status_code == 303
        row = Report.objects.get()
        finish = reverse("reports:finish", args=[row.pk])
        assert browser.post(finish, {"base": row.version}).status_code == 303

        frozen = Report.objects.get().figures
        exact = [code for code, one in frozen.items() if one["exact"]]
        assert "talks.held" in exact
        assert not [code for code in exact if code.startswith("issues.")], (unit, name)


def test_who_leads_a_unit_reads_what_came_of_issues_by_the_half_year_too(world, client_of):
    issue_in(world, "verified", talk=held_talk(world), owner="ben")
    today = timezone.localdate()
    half = period_of(PeriodKind.HALF, today)
    months = {"first": half.start, "last": half.end_exclusive - timedelta(days=1)}
    there = reverse("reports:figures", args=[world.units["commission"]])
    groups = client_of("ada").get(there, months).context["groups"]
    found = {one.label: one.number for _title, shown in groups for one in shown}

    assert (found["提出问题"], found["核查已解决"]) == ("1", "1")
    assert found["提出的问题中见效的占比"] == "证据不足"
    outside = client_of("dora").get(there, months).context["groups"]
    assert "提出问题" not in {one.label for _title, shown in outside for one in shown}


@pytest.mark.parametrize("file", ["pdf", "docx"])
def test_a_report_is_a_paper_with_its_figures_as_a_table(world, client_of, row, file):
    recorded(world)
    assert write(client_of("dora"), row).status_code == 303
    answer = client_of("dora").get(reverse("reports:report_paper", args=[row.pk, file]))
    assert answer.status_code == 200
    assert events_about(row) == ["report.begun", "report.written", "report.printed"]
    if file == "docx":
        said = words_of(answer)
        for part in ("一、组织开展情况", SAID, "本稿未定稿", "已开展谈话\n1", NAMES["dora"]):
            assert part in said


def test_before_a_meeting_gaps_promises_and_nothing_of_others(world, client_of):
    duty_of(world, "emil", "ben", unit_id=world.units["planning"], due=date(2026, 11, 1))
    issue_in(world, "assigned", talk=held_talk(world), owner="emil", verifier="cleo")
    there = world.units["commission"]
    for name, promised in (("ada", True), ("dora", False)):
        shown = page(client_of(name), "meeting", there, until="2026-12-31")
        assert NAMES["emil"] in shown
        assert ('class="under">编号' in shown) is promised, name
        assert reverse("reports:meeting", args=[there]) in page(client_of(name), "start")
        paper = client_of(name).get(reverse("reports:meeting_paper", args=[there, "docx"]))
        said = words_of(paper)
        assert "民主生活会会前情况" in said
        assert "三、多人反映的共性问题" in said
    assert client_of("emil").get(reverse("reports:meeting", args=[there])).status_code == 403
    branch = world.units["branch"]
    assert "组织生活会" in words_of(
        client_of("ben").get(reverse("reports:meeting_paper", args=[branch, "docx"]))
    )


def test_the_sheet_of_a_measure_is_for_those_who_work_on_it(world, client_of, sol):
    for name in ("omar", "vera"):
        world.person(name, RARE if name == "omar" else name)
        world.account(name)
    issue = issue_in(world, "assigned", talk=held_talk(world), owner="omar", verifier="vera")
    there = reverse("reports:measure", args=[issue, "docx"])
    for name in ("omar", "vera", "ada"):
        said = words_of(client_of(name).get(there))
        for part in ("整改单", RARE, "核查人签名", "需解决的问题"):
            assert part in said, name
        assert NAMES["ben"] not in said
        assert there in client_of(name).get(reverse("issues:issue", args=[issue])).content.decode()
    assert client_of("ben").get(there).status_code == 403
    assert client_of("sol").get(there).status_code == 403
    assert client_of("cleo").get(there).status_code == 404
    raised = issue_in(world, "raised", talk=confirmed(world))
    assert client_of("ada").get(there.replace(str(issue), str(raised))).status_code == 404
