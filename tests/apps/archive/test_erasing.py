"""Memos and outlines end after a year; records stay."""

from datetime import timedelta

from django.utils import timezone

from talk_steps import SAID, events_about, recorded
from tanxin.apps.archive.erasing import KEPT_FOR, erase_old_notes
from tanxin.apps.archive.models import Party, Record, RecordVersion
from tanxin.apps.archive.tasks import erase_notes
from tanxin.apps.talks import services
from tanxin.apps.talks.selectors import memo_of, outline_of


def test_after_a_year_memo_and_outline_are_gone_and_the_record_stays(world):
    talk, now = recorded(world), timezone.now()
    ada = world.actor("ada")
    for text in ("下次问问孩子", "下次问问孩子和房子"):
        services.write_memo(ada, talk.pk, text=text, at=now)
    services.write_outline(ada, talk.pk, text="先问近况", at=now)

    assert erase_notes.call("2026-11-24") == 0
    assert erase_old_notes(world.realm_id, at=now + KEPT_FOR - timedelta(hours=1)) == 0
    assert erase_old_notes(world.realm_id, at=now + KEPT_FOR) == 2

    assert (memo_of(ada, talk.pk), outline_of(ada, talk.pk)) == (None, None)
    assert [row.kind for row in Record.objects.filter(about_id=talk.pk)] == ["record"]
    assert RecordVersion.objects.filter(record__about_id=talk.pk).count() == 1
    assert Party.objects.filter(record__about_id=talk.pk).count() == 2
    assert events_about(talk)[-2:] == ["memo.erased", "memo.erased"]
    services.write_memo(ada, talk.pk, text=SAID, at=now)
    assert memo_of(ada, talk.pk) is not None
