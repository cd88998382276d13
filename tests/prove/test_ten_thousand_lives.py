"""T03 at full size: 10,000 random lives of talks and requests; nothing that may never be happens."""

import pytest

from talk_lives import VERBS, lives

pytestmark = pytest.mark.prove
LIVES, PARTS, STEPS = 10_000, 4, 12


@pytest.mark.parametrize("part", range(PARTS))
def test_ten_thousand_lives_confirm_for_nobody_else_and_book_nobody_twice(
    world, settings, tmp_path, capsys, part
):
    settings.TANXIN_BLOBS = str(tmp_path)
    count = LIVES // PARTS
    done, refused = lives(world, count, steps=STEPS, first=part * count)

    with capsys.disabled():
        print(f"\n{count} lives, {done.total()} things done, {refused.total()} refused")
        print("done:", ", ".join(f"{verb} {done[verb]}" for verb in VERBS))
        print("refused:", ", ".join(f"{why} {count}" for why, count in refused.most_common()))
    assert set(done) == set(VERBS)
    assert refused["TimeTaken"]
