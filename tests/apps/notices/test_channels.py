"""Each adapter against a server that looks at the secret, the signature and what is in the body."""

import json
from datetime import datetime
from uuid import UUID

import pytest
from django.utils import timezone

from message_servers import NOBODY, message_server, switched_on
from talk_steps import proposed
from tanxin.apps.notices.channels import NotSent, Unreachable, channels_on, send, tokens
from tanxin.apps.notices.channels.message import brief
from tanxin.apps.notices.models import Choice, Digest
from tanxin.apps.notices.services import choose, send_due
from tanxin.apps.sealing.logs import release_leaves
from tanxin.core.notices import Channel

ID = UUID("11111111-2222-4333-8444-555555555555")
MONDAY = timezone.make_aware(datetime(2026, 11, 23, 9, 0))
VENDORS = ["dingtalk", "feishu", "webhook", "wecom"]
SENDS_TO = {
    "wecom": "/cgi-bin/message/send",
    "dingtalk": "/topapi/message/corpconversation/asyncsend_v2",
    "feishu": "/open-apis/im/v1/messages",
    "webhook": "/oa",
}
RENEWED = {
    "wecom": (200, {"errcode": 42001}),
    "dingtalk": (200, {"errcode": 88, "sub_code": "40014"}),
    "feishu": (400, {"code": 99991663}),
}


@pytest.fixture(params=VENDORS)
def vendor(request):
    return request.param


@pytest.fixture
def server(vendor, settings):
    tokens.forget(vendor)
    with message_server(vendor) as kept:
        switched_on(settings, vendor, kept.url)
        yield kept


def texts(body):
    """Everything that is said in a message, without to whom and which."""
    if isinstance(body, dict):
        return [text for value in body.values() for text in texts(value)]
    return [body] if isinstance(body, str) else []


def test_each_is_off_until_its_secret_is_set(settings):
    assert channels_on() == []


def test_it_is_sent_once_with_the_secret_and_says_nothing_but_that_something_waits(vendor, server):
    send(Channel(vendor), "li.an", ID)
    send(Channel(vendor), "li.an", ID)

    first, second = server.to(SENDS_TO[vendor])
    assert first.body == second.body
    assert {brief(), json.dumps({"text": brief()}, ensure_ascii=False)} & set(texts(first.body))
    assert len(server.asked) == (2 if vendor == "webhook" else 3)


@pytest.mark.parametrize("vendor", list(RENEWED))
def test_a_token_that_has_ended_is_asked_for_once_more(vendor, server):
    send(Channel(vendor), "li.an", ID)
    server.answers.append(RENEWED[vendor])

    send(Channel(vendor), "li.an", ID)

    assert len(server.to(SENDS_TO[vendor])) == 3


def test_who_is_not_known_there_is_unreachable(vendor, server):
    with pytest.raises(Unreachable):
        send(Channel(vendor), NOBODY, ID)


@pytest.mark.parametrize(
    "answer", [(500, {}), (429, {}), (403, b"<html>"), (302, {}), (403, {"errcode": 45009}),
     (200, b"[" * 60_000)],
    ids=["broken", "too many", "no json", "led elsewhere", "refused", "too deep"],
)  # fmt: skip
def test_what_did_not_arrive_may_be_tried_again(vendor, server, answer):
    server.answers += [answer, answer]

    with pytest.raises(NotSent):
        send(Channel(vendor), "li.an", ID)
    assert len(server.asked) <= 2


def test_a_server_that_is_away_is_not_sent_to(vendor, server, settings):
    switched_on(settings, vendor, "http://127.0.0.1:9")

    with pytest.raises(NotSent):
        send(Channel(vendor), "li.an", ID)


@pytest.mark.parametrize("vendor", ["webhook"])
def test_a_wrong_signature_is_refused(vendor, server, settings):
    settings.TANXIN_WEBHOOK = {**settings.TANXIN_WEBHOOK, "secret": "another"}

    with pytest.raises(NotSent):
        send(Channel(vendor), "li.an", ID)


def test_who_chose_a_channel_is_told_there_by_a_number_that_is_kept_sealed(world, vendor, server):
    proposed(world, place="金丝雀会议室")
    choose(world.actor("ben"), channel=Channel(vendor), hour=8, quiet=False, address="li.an")

    assert send_due(world.realm_id, at=MONDAY) == 1

    [asked] = server.to(SENDS_TO[vendor])
    assert "li.an" in texts(asked.body)
    assert "本明" not in asked.raw.decode()
    assert "金丝雀" not in asked.raw.decode()
    assert b"li.an" not in bytes(Choice.objects.get().address_sealed)
    log = [one.content.decode() for one in release_leaves(world.realm_id)]
    assert [str(world.ben) in one for one in log if "address.opened" in one] == [True]
    assert Digest.objects.get().channel == vendor
