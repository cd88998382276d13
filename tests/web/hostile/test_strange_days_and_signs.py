"""Days at the end of time, unknown figures, signs no file can hold: refused, never a failure."""

from io import BytesIO

import docx
import pytest
from django.urls import reverse

from tanxin.apps.issues.kinds import IssueKind
from tanxin.apps.reports.models import Export, Report
from tanxin.core.access import Role

pytestmark = pytest.mark.django_db
FAR = ["9999-12-31", "0001-01-01"]


@pytest.fixture
def dora(world):
    return world.client("dora")


@pytest.mark.parametrize("far", FAR)
def test_figures_are_of_this_year_where_the_days_are_none(world, dora, far):
    unit = world.units["planning"]
    for name in ("reports:figures", "reports:list"):
        answer = dora.get(reverse(name, args=[unit]), {"first": far, "last": far})
        assert answer.status_code == 200


@pytest.mark.parametrize("far", FAR)
def test_nothing_is_asked_for_of_such_days(world, dora, far):
    world.entrust("ben", Role.SUPERVISOR)
    days = {"first": far, "last": far}
    asked = {**days, "unit": "", "sheets": ["talks"], "reason": "备查"}
    sent = [
        (dora, reverse("reports:ask"), asked),
        (world.client("ben"), reverse("oversight:samples"), {**days, "size": 1}),
        (
            dora,
            reverse("org:states", args=[world.ben]),
            {"kind": "ill", "start": far, "last": far, "source": "人事处"},
        ),
    ]
    for client, where, fields in sent:
        assert client.post(where, fields).status_code == 422, where
    assert not Export.objects.exists()


@pytest.mark.parametrize("code", ["talks.of.\0", "talks.of.", "issues", "x.y"])
def test_there_is_no_list_behind_an_unknown_figure(world, dora, code):
    answer = dora.get(reverse("reports:list", args=[world.units["planning"]]), {"of": code})
    assert answer.status_code == 404


def test_a_report_is_printed_without_signs_that_word_cannot_hold(world, dora):
    form = {"unit": str(world.units["planning"]), "year": "2026", "span": "Y"}
    dora.post(reverse("reports:begin"), form)
    row = Report.objects.get()
    said = {"overview": "先谈\x07后办\x1f好\ufffe", "problems": "", "next": "", "base": 1}
    assert dora.post(reverse("reports:report", args=[row.pk]), said).status_code == 303

    answer = dora.get(reverse("reports:report_paper", args=[row.pk, "docx"]))

    made = docx.Document(BytesIO(answer.content))
    assert "先谈后办好" in "\n".join(one.text for one in made.paragraphs)
    finish = reverse("reports:finish", args=[row.pk])
    assert dora.post(finish, {"base": "9" * 5000}).status_code == 422


def test_a_kind_has_no_sign_in_its_name_that_cannot_be_stored(world, dora):
    dora.post(reverse("issues:kind_add"), {"zh": "住\0房"})
    assert IssueKind.objects.filter(zh="住房").exists()
