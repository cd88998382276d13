"""Whatever anybody does in whatever order; ten thousand lives are lived in ``tests/prove``."""

from talk_lives import VERBS, lives


def test_no_life_confirms_for_another_books_twice_or_loses_anything(world, settings, tmp_path):
    settings.TANXIN_BLOBS = str(tmp_path)
    done, _ = lives(world, 36, steps=12, first=20261123)

    assert set(done) == set(VERBS)
