import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.vault.padding import PERSONAL_BUCKETS, TEXT_BUCKETS, pad, unpad
from tanxin.core.vault.refusals import Malformed, TooLong


@given(st.binary(max_size=2000), st.sampled_from([TEXT_BUCKETS, PERSONAL_BUCKETS]))
def test_it_comes_back_and_only_the_bucket_shows(text, buckets):
    padded = pad(text, buckets)
    assert unpad(padded) == text
    assert len(padded) in buckets


@pytest.mark.parametrize(("length", "bucket"), [(0, 256), (252, 256), (253, 288), (300, 324)])
def test_texts_start_at_256_bytes_and_grow_by_an_eighth(length, bucket):
    assert len(pad(bytes(length), TEXT_BUCKETS)) == bucket


@pytest.mark.parametrize(
    ("length", "bucket"), [(0, 64), (60, 64), (61, 128), (125, 256), (253, 288)]
)
def test_personal_columns_start_at_64_bytes(length, bucket):
    assert len(pad(bytes(length), PERSONAL_BUCKETS)) == bucket


def test_what_fits_no_bucket_is_refused():
    with pytest.raises(TooLong):
        pad(bytes(61), (64,))


@pytest.mark.parametrize(
    "padded",
    [b"", b"\0\0\0", b"\0\0\0\x09text", b"\0\0\0\x01t\0\0x", b"\xff\xff\xff\xff" + bytes(60)],
)
def test_padding_that_is_not_ours_is_refused(padded):
    with pytest.raises(Malformed):
        unpad(padded)
