from uuid import uuid4

import pytest
from django.utils import timezone

from tanxin.apps.archive.access import RecordNotFound
from tanxin.apps.archive.models import Draft
from tanxin.apps.archive.services import drafts, drop_draft, load_draft, save_draft
from tanxin.core.access import Actor

NOW = timezone.now()


def test_what_was_typed_last_comes_back_to_its_author_alone(world):
    about, ada = uuid4(), world.actor("ada")

    for text in ("半", "半句", "半句话"):
        save_draft(ada, "record", about, {"text": text}, at=NOW)

    typed = load_draft(ada, "record", about)
    assert (typed.fields, typed.saved_at) == ({"text": "半句话"}, NOW)
    assert load_draft(world.actor("ben"), "record", about) is None
    assert load_draft(ada, "memo", about) is None
    assert Draft.objects.get().version == 3


def test_it_is_sealed(world):
    save_draft(world.actor("ada"), "record", uuid4(), {"text": "金丝雀"}, at=NOW)

    assert "金丝雀".encode() not in bytes(Draft.objects.get().sealed)


def test_it_goes_when_it_is_dropped(world):
    about, ada = uuid4(), world.actor("ada")
    save_draft(ada, "record", about, {"text": "不要了"}, at=NOW)

    drop_draft(world.actor("ben"), "record", about)
    assert load_draft(ada, "record", about) is not None
    drop_draft(ada, "record", about)

    assert load_draft(ada, "record", about) is None


def test_an_account_that_is_nobody_has_no_drafts(world):
    with pytest.raises(RecordNotFound):
        save_draft(Actor(world.realm_id), "record", uuid4(), {}, at=NOW)


def test_of_two_tabs_that_begin_at_once_one_draft_remains(world):
    about, ada = uuid4(), world.actor("ada")
    save_draft(ada, "record", about, {"text": "先到"}, at=NOW)
    second = Draft.objects.get()
    second.pk = uuid4()

    drafts.add_first(second)

    assert load_draft(ada, "record", about).fields == {"text": "先到"}
