"""Who gets what from the addresses of talks: ada leads, ben is talked to, cleo has no part in it."""

from django.utils import timezone

from talk_steps import asked, digest_of, proposed, recorded
from tanxin.apps.talks import services
from tanxin.apps.talks.models import Confirmation

ALL = {"nobody": 302, "ada": 200, "ben": 200, "cleo": 200, "dora": 200}


def a_proposal(world):
    return [proposed(world).pk]


def a_record(world):
    return [recorded(world).pk]


def a_version(world):
    return [recorded(world).pk, 1]


def an_answer(world):
    talk = recorded(world)
    services.confirm_record(world.actor("ben"), talk.pk, digest=digest_of(talk), at=timezone.now())
    return [talk.pk, Confirmation.objects.get(talk=talk).pk, "txt"]


def a_request(world):
    return [asked(world).pk]


def nothing(world):
    return []


ROWS = [
    ("talks:mine", "get", nothing, ALL),
    ("talks:requests", "get", nothing, ALL),
    ("talks:search", "get", nothing, ALL),
    ("talks:search", "post", nothing, {name: 422 if code == 200 else code for name, code in ALL.items()}),
    ("talks:new", "get", nothing, ALL),
    ("talks:ask", "get", nothing, ALL),
    ("talks:request", "get", a_request, {"nobody": 302, "ada": 200, "ben": 200, "cleo": 404, "dora": 404}),
    ("talks:accept", "post", a_request, {"nobody": 302, "ada": 422, "ben": 403, "cleo": 404, "dora": 404}),
    ("talks:decline", "post", a_request, {"nobody": 302, "ada": 422, "ben": 403, "cleo": 404, "dora": 404}),
    ("talks:withdraw", "post", a_request, {"nobody": 302, "ada": 403, "ben": 303, "cleo": 404, "dora": 404}),
    ("talks:talk", "get", a_record, {"nobody": 302, "ada": 200, "ben": 200, "cleo": 404, "dora": 200}),
    ("talks:agree", "post", a_proposal, {"nobody": 302, "ada": 422, "ben": 303, "cleo": 404, "dora": 403}),
    ("talks:move", "post", a_proposal, {"nobody": 302, "ada": 422, "ben": 422, "cleo": 404, "dora": 403}),
    ("talks:cancel", "post", a_proposal, {"nobody": 302, "ada": 422, "ben": 422, "cleo": 404, "dora": 403}),
    ("talks:refuse", "post", a_proposal, {"nobody": 302, "ada": 422, "ben": 422, "cleo": 404, "dora": 403}),
    ("talks:hold", "post", a_proposal, {"nobody": 302, "ada": 422, "ben": 403, "cleo": 404, "dora": 403}),
    ("talks:write", "get", a_record, {"nobody": 302, "ada": 200, "ben": 403, "cleo": 404, "dora": 403}),
    ("talks:draft", "post", a_record, {"nobody": 302, "ada": 303, "ben": 403, "cleo": 404, "dora": 403}),
    ("talks:memo", "get", a_record, {"nobody": 302, "ada": 200, "ben": 403, "cleo": 404, "dora": 403}),
    ("talks:record", "get", a_record, {"nobody": 302, "ada": 200, "ben": 200, "cleo": 404, "dora": 403}),
    ("talks:version", "get", a_version, {"nobody": 302, "ada": 200, "ben": 200, "cleo": 404, "dora": 403}),
    ("talks:confirm", "post", a_record, {"nobody": 302, "ada": 403, "ben": 422, "cleo": 404, "dora": 403}),
    ("talks:dispute", "post", a_record, {"nobody": 302, "ada": 403, "ben": 422, "cleo": 404, "dora": 403}),
    ("talks:receipt", "get", an_answer, {"nobody": 302, "ada": 403, "ben": 200, "cleo": 404, "dora": 403}),
    ("talks:remark", "post", a_record, {"nobody": 302, "ada": 422, "ben": 422, "cleo": 404, "dora": 403}),
]  # fmt: skip
