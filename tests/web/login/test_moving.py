"""Who moves or leaves has nothing open any more."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from tanxin.apps.accounts.models import Session
from tanxin.apps.org import services as org
from tanxin.apps.org.models import Tenure

HOME = reverse("home:home")


def is_in(client):
    return client.get(HOME).status_code == 200


def test_a_transfer_ends_all_logins(world, django_capture_on_commit_callbacks):
    ben, ada = world.client("ben"), world.client("ada")
    tenure = Tenure.objects.get(person=world.ben)

    with django_capture_on_commit_callbacks(execute=True) as told:
        org.end_fact(world.founder, Tenure, tenure.pk, end=date(2026, 11, 23), at=timezone.now())

    assert not is_in(ben)
    assert is_in(ada)
    assert len(told) == 1


def test_leaving_ends_all_logins(world):
    cleo = world.client("cleo")

    org.leave_realm(world.founder, world.cleo, on=date(2026, 11, 23), at=timezone.now())

    assert not is_in(cleo)
    assert not Session.objects.filter(account=world.accounts["cleo"]).exists()
