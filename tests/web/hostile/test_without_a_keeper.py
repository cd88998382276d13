"""The keeper is gone: reading stops and says so, and nobody types anything twice."""

from html import unescape
from threading import Thread
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from talk_steps import asked, digest_of, proposed, recorded
from tanxin.apps.org import directory as directory_module
from tanxin.apps.sealing import client as keeper_client
from tanxin.apps.sealing import pii
from tanxin.apps.talks import services
from tanxin.apps.talks.models import Confirmation, Request
from tanxin.keeper.server import KeeperServer
from tanxin.keeper.service import Service

TYPED = "金丝雀：“打了半天的字” <b>\n第二行"


@pytest.fixture
def without_keeper(settings):
    def leave():
        settings.TANXIN_KEEPER_SOCKET = "/nowhere/keeper.sock"
        keeper_client.pool.close()

    return leave


@pytest.fixture
def started_without_keeper(without_keeper, monkeypatch):
    """A web process that has begun since: it holds no names."""

    def leave():
        without_keeper()
        monkeypatch.setattr(directory_module, "_loaded", {})
        monkeypatch.setattr(pii, "_keys", {})

    return leave


def everything_typed(world):
    talk, plan, request = recorded(world), proposed(world), asked(world)
    digest = digest_of(talk).hex()
    return [
        ("ada", reverse("talks:memo", args=[talk.pk]), {"text": TYPED}),
        ("ben", reverse("talks:confirm", args=[talk.pk]), {"confirm-digest": digest, "confirm-remark": TYPED}),
        ("ben", reverse("talks:dispute", args=[talk.pk]), {"dispute-digest": digest, "dispute-verdict": "not_right", "dispute-remark": TYPED}),
        ("ben", reverse("talks:remark", args=[talk.pk]), {"remark-form": str(uuid4()), "remark-text": TYPED}),
        ("ada", reverse("talks:cancel", args=[plan.pk]), {"cancel-reason": TYPED}),
        ("ben", reverse("talks:refuse", args=[plan.pk]), {"refuse-reason": TYPED}),
        ("ben", reverse("preparing:topics", args=[plan.pk]), {"expected_version": "0", "text": TYPED}),
        ("ada", reverse("preparing:outline", args=[plan.pk]), {"text": TYPED}),
        ("ada", reverse("talks:decline", args=[request.pk]), {"decline-reason": TYPED}),
        ("cleo", f"{reverse('talks:ask')}?of={world.ada}", {"form": str(uuid4()), "channel": "face", "topic": TYPED}),
    ]  # fmt: skip


def test_what_was_typed_comes_back_in_a_form_that_sends_it_again(world, without_keeper):
    forms = everything_typed(world)
    for who, _, _ in forms:
        world.client(who).get(reverse("home:home"))
    without_keeper()

    for who, url, fields in forms:
        answer = world.client(who).post(url, fields)
        page = unescape(answer.content.decode()).replace("&amp;", "&")
        assert answer.status_code == 503
        assert f'action="{url}"' in page
        assert TYPED in page
        assert all(f'name="{name}"' in page for name in fields)
        assert "<b>" not in answer.content.decode()

    assert not Confirmation.objects.exists()
    assert Request.objects.get().state == "waiting"


def test_a_sheet_goes_on_without_what_is_sealed(world, without_keeper):
    talk, now = proposed(world), timezone.now()
    services.write_topics(world.actor("ben"), talk.pk, text=TYPED, at=now)
    sheet = reverse("preparing:sheet", args=[talk.pk])
    world.client("ada").get(sheet)
    without_keeper()

    answer = world.client("ada").get(sheet)

    assert answer.status_code == 200
    assert answer.context["stays_sealed"]
    assert "金丝雀" not in answer.content.decode()


@pytest.mark.parametrize("name", ["home:home", "talks:mine", "org:chart", "rules:packs"])
def test_a_process_that_knows_no_names_yet_says_so_plainly(world, started_without_keeper, name):
    started_without_keeper()

    answer = world.client("ada").get(reverse(name))

    page = answer.content.decode()
    assert (answer.status_code, "保密机没有应答" in page) in {(200, False), (503, True)}


def test_what_may_not_be_seen_is_still_not_there(world, started_without_keeper):
    talk = recorded(world)
    started_without_keeper()

    answer = world.client("cleo").get(reverse("talks:talk", args=[talk.pk]))

    assert answer.status_code == 404


def test_a_keeper_that_turns_everybody_away_is_not_well(world, settings, tmp_path):
    server = KeeperServer(tmp_path / "busy.sock", Service(None, timezone.now), max_clients=0)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    settings.TANXIN_KEEPER_SOCKET = str(tmp_path / "busy.sock")
    keeper_client.pool.close()

    assert world.client(None).get(reverse("health:health")).json()["keeper"] is False

    server.stop()
    thread.join()
