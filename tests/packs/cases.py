"""Cases beside the packs become items of the tests."""

from importlib.resources import files

import pytest

from tanxin.core.policy.cases import cases_in
from tanxin.packs import LIBRARY


def all_cases():
    for pack in LIBRARY:
        folder = files("tanxin.packs") / pack / "cases"
        for file in sorted(folder.iterdir(), key=lambda file: file.name):
            for case in cases_in(file.read_text(encoding="utf-8")):
                yield pytest.param(case, id=f"{pack}/{file.name}:{case['case']}")
