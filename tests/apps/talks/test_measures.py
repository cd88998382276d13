"""What is kept of a record in the clear when it is saved, and what is not."""

from dataclasses import replace

from django.utils import timezone

from talk_steps import SAID, held, recorded, write
from tanxin.apps.archive.likeness import Likeness, forget_measures, latest_measures
from tanxin.apps.sealing import client
from tanxin.apps.talks import services
from tanxin.core.likeness import resemblance, sketch

LONG = "处里两名年轻同志借调在外，报表由三个人分担，周末常常加班；他建议把月报改成季报，我答应下周处务会上研究并答复。"


def test_a_saved_record_has_a_sketch_under_the_realms_key_and_no_word_of_it(world):
    talk = recorded(world, LONG)

    row = Likeness.objects.get()
    key = client.sketch_key(world.actor("ada"))
    assert (row.about_id, row.key_version) == (talk.pk, key.version)
    assert bytes(row.sketch) == sketch(LONG, key.secret)
    assert (row.size_class, row.residue) == (0, [])
    stored = repr([getattr(row, field.attname) for field in row._meta.fields])
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in stored)


def test_the_newest_version_counts(world):
    talk = recorded(world, LONG)
    write(world, talk, f"与{'单可'}谈话，XX处。{LONG}", expected_version=1)

    seen = latest_measures(world.realm_id)[talk.pk]
    assert Likeness.objects.count() == 2
    assert resemblance(seen.sketch, bytes(Likeness.objects.earliest("written_at").sketch)) > 0.7
    assert sorted(seen.residue) == ["gaps"]
    assert latest_measures(world.realm_id, []) == {}


def test_the_name_of_somebody_else_one_talked_to_is_noticed(world):
    held(world, days=3)
    services.propose_talk(
        world.actor("ada"), with_person=world.cleo, kind="routine",
        planned_for=timezone.now(), at=timezone.now(),
    )  # fmt: skip
    talk = held(world, days=9)
    write(world, talk, "与单可同志进行了谈心谈话，他说家里都好。")

    assert latest_measures(world.realm_id)[talk.pk].residue == {"other_name"}


def test_a_record_is_saved_without_a_sketch_when_the_login_at_the_keeper_is_over(world):
    talk = held(world)
    gone = replace(world.actor("ada"), session="0" * 64)
    services.write_record(gone, talk.pk, text=SAID, at=timezone.now())

    assert not Likeness.objects.exists()


def test_measures_go_before_the_versions_they_are_of(world):
    recorded(world, LONG)
    version = Likeness.objects.get().version
    forget_measures(world.realm_id, [version.record_id])

    assert not Likeness.objects.exists()
