"""A package is what its manifest says, or it says what differs."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.calendar import Offset, OffsetUnit
from tanxin.core.packages import MANIFEST, Fault, faults_of, packed
from tanxin.core.retention import kept_until, years_kept

NAMES = st.sampled_from(["record.pdf", "metadata.xml", "files/01.bin", "receipt.json"])
FILES = st.dictionaries(NAMES, st.binary(max_size=40), min_size=1)


def changed(package, **files):
    held = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(held, "w") as new:
        for name in old.namelist():
            body = files.pop(name, old.read(name))
            if body is not None:
                new.writestr(name, body)
        for name, body in files.items():
            new.writestr(name, body)
    return held.getvalue()


@given(FILES, st.data())
def test_any_file_changed_taken_or_added_is_found(files, data):
    package = packed(files, {"talk": "1"})
    assert faults_of(package) == []
    assert package == packed(files, {"talk": "1"})
    name = data.draw(st.sampled_from(sorted(files)))
    assert faults_of(changed(package, **{name: files[name] + b"!"})) == [Fault("changed", name)]
    assert faults_of(changed(package, **{name: None})) == [Fault("missing", name)]
    assert faults_of(changed(package, more=b"")) == [Fault("not-named", "more")]


@pytest.mark.parametrize(
    "manifest",
    [b"", b"[]", b"{", b'{"tanxin":"package","v":1}', b'{"tanxin":"package","v":1,"files":[1]}'],
)
def test_a_manifest_that_is_none_is_unreadable(manifest):
    package = changed(packed({"a": b"1"}, {}), **{MANIFEST: manifest})
    assert [one.code for one in faults_of(package)] == ["unreadable"]


def test_no_zip_and_another_form_are_told_apart():
    assert faults_of(b"PK") == [Fault("unreadable")]
    other = json.dumps({"tanxin": "package", "v": 2, "files": []}).encode()
    package = changed(packed({"a": b"1"}, {}), **{MANIFEST: other})
    assert faults_of(package) == [Fault("unknown-form", MANIFEST)]


@given(st.dates(), st.integers(min_value=1, max_value=30))
def test_years_count_from_the_january_after(day, years):
    if day.year + years < 9998:
        until = kept_until(day, years)
        assert (until.month, until.day) == (1, 1)
        assert years <= until.year - day.year == years + 1


def test_a_pack_says_it_in_whole_years_rounded_up():
    assert years_kept("care", Offset(5, OffsetUnit.YEAR)) == 5
    assert years_kept("care", Offset(13, OffsetUnit.MONTH)) == 2
    assert years_kept("office", None) == 30
