from django.urls import reverse
from django.utils import timezone

from talk_steps import duty_of
from tanxin.apps.oversight.coverage.taking import last_quarter, take_quarter


def test_everybody_reads_a_quarter_in_steps(world, client_of, django_assert_max_num_queries):
    client, url = client_of("cleo"), reverse("oversight:statistics")
    assert "还没有季度统计" in client.get(url).content.decode()
    today = timezone.localdate()
    day = last_quarter(today).start
    for _number in range(12):
        duty_of(world, "ben", "cleo", unit_id=world.units["planning"], opens=day, due=day)
    take_quarter(world.realm_id, today=today, at=timezone.now())

    with django_assert_max_num_queries(12):
        page = client.get(url).content.decode()

    assert "10–14" in page
    assert "少于 5" in page
    assert "规划处" in page
    own = client_of("ben").get(url).content.decode()
    assert ">12</td>" in own
    assert "个单位：各项均少于 5" in page
    assert page.index("规划处") < page.index("信息中心")
    assert client.get(reverse("oversight:statistics_of", args=["2001-Q1"])).status_code == 404
