from django.test import Client
from django.urls import reverse

from login_steps import PASSWORD, log_in, set_up_app
from tanxin.apps.accounts.models import Session

PAGE, HOME = reverse("prefs:security"), reverse("home:home")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def rows(client):
    return client.get(PAGE).context["sessions"]


def test_it_lists_where_one_is_logged_in(in_as_fay):
    other = Client(headers={"User-Agent": FIREFOX})
    log_in(other)

    assert {row.device for row in rows(in_as_fay)} == {"", "Firefox · Linux"}
    assert [row.is_here for row in rows(other) if row.device] == [True]


def test_a_login_elsewhere_can_be_ended(in_as_fay):
    other = Client()
    log_in(other)
    there = next(row for row in rows(in_as_fay) if not row.is_here)

    in_as_fay.post(reverse("prefs:end-session", args=[there.id]))

    assert other.get(HOME).status_code == 302
    assert in_as_fay.get(HOME).status_code == 200


def test_all_others_can_be_ended_at_once(in_as_fay, fay):
    for _ in range(2):
        log_in(Client())
    in_as_fay.post(reverse("prefs:end-others"))

    assert len(rows(in_as_fay)) == 1
    assert in_as_fay.get(HOME).status_code == 200


def test_nobody_ends_what_is_anothers(in_as_fay, fay):
    theirs = Session.objects.get(account=fay.accounts["fay"])

    answer = fay.client("ada").post(reverse("prefs:end-session", args=[theirs.pk]))
    assert answer.status_code == 404
    assert in_as_fay.get(HOME).status_code == 200


def test_it_tells_what_happened_and_shows_no_secret(in_as_fay):
    secret, codes = set_up_app(in_as_fay)
    page = in_as_fay.get(PAGE).content.decode()

    assert "添加第二验证方式" in page
    for hidden in (secret, *codes, PASSWORD):
        assert hidden not in page


def test_it_takes_few_queries(in_as_fay, django_assert_max_num_queries):
    set_up_app(in_as_fay)
    in_as_fay.get(PAGE)
    with django_assert_max_num_queries(11):
        in_as_fay.get(PAGE)
