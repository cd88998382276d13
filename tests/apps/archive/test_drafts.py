from uuid import uuid4

import pytest
from django.utils import timezone

from tanxin.apps.archive.access import RecordNotFound
from tanxin.apps.archive.models import Draft
from tanxin.apps.archive.services import Window, drafts, drop_draft, load_draft, save_draft
from tanxin.core.access import Actor

NOW = timezone.now()


def test_what_was_typed_last_comes_back_to_its_author_alone(world):
    about, ada, window = uuid4(), world.actor("ada"), Window(uuid4())

    for text in ("半", "半句", "半句话"):
        assert save_draft(ada, "record", about, {"text": text}, window=window, at=NOW)

    typed = load_draft(ada, "record", about)
    assert (typed.fields, typed.saved_at) == ({"text": "半句话"}, NOW)
    assert load_draft(world.actor("ben"), "record", about) is None
    assert load_draft(ada, "memo", about) is None
    assert Draft.objects.get().version == 3


def test_it_is_sealed(world):
    save_draft(
        world.actor("ada"), "record", uuid4(), {"text": "金丝雀"}, window=Window(uuid4()), at=NOW
    )

    assert "金丝雀".encode() not in bytes(Draft.objects.get().sealed)


def test_it_goes_when_it_is_dropped(world):
    about, ada = uuid4(), world.actor("ada")
    save_draft(ada, "record", about, {"text": "不要了"}, window=Window(uuid4()), at=NOW)

    drop_draft(world.actor("ben"), "record", about)
    assert load_draft(ada, "record", about) is not None
    drop_draft(ada, "record", about)

    assert load_draft(ada, "record", about) is None


def test_an_account_that_is_nobody_has_no_drafts(world):
    with pytest.raises(RecordNotFound):
        save_draft(Actor(world.realm_id), "record", uuid4(), {}, window=Window(uuid4()), at=NOW)


def test_of_two_tabs_that_begin_at_once_one_draft_remains(world):
    about, ada = uuid4(), world.actor("ada")
    save_draft(ada, "record", about, {"text": "先到"}, window=Window(uuid4()), at=NOW)
    second = Draft.objects.get()
    second.pk = uuid4()

    assert not drafts.add_first(second, "后到")

    assert load_draft(ada, "record", about).fields == {"text": "先到"}


def kept(world, about, text, window):
    ada = world.actor("ada")
    return save_draft(ada, "record", about, {"text": text}, window=window, at=NOW)


def test_what_two_windows_type_is_kept_twice(world):
    about, left, right = uuid4(), Window(uuid4()), Window(uuid4())

    assert kept(world, about, "左一", left)
    assert not kept(world, about, "右一", right)
    assert kept(world, about, "左二", left)
    assert not kept(world, about, "右二", right)

    typed = load_draft(world.actor("ada"), "record", about)
    assert (typed.fields, typed.aside.fields) == ({"text": "左二"}, {"text": "右二"})


def test_a_page_opened_later_goes_on_with_the_draft_it_began_with(world):
    about, ada = uuid4(), world.actor("ada")
    kept(world, about, "昨天", Window(uuid4()))
    version = load_draft(ada, "record", about).version

    assert kept(world, about, "昨天和今天", Window(uuid4(), version))
    assert not kept(world, about, "另一页", Window(uuid4(), version))

    assert load_draft(ada, "record", about).fields == {"text": "昨天和今天"}


def test_the_other_text_is_discarded_by_itself_and_both_go_with_the_draft(world):
    about, ada = uuid4(), world.actor("ada")
    for _ in range(2):
        kept(world, about, "左", Window(uuid4()))
        kept(world, about, "右", Window(uuid4()))
        drop_draft(ada, "record", about, aside_only=True)
        assert load_draft(ada, "record", about).aside is None
    kept(world, about, "右", Window(uuid4()))

    drop_draft(ada, "record", about)

    assert not Draft.objects.exists()
