"""A result with all it rests on, as one text that can be computed again, byte for byte."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from tanxin.core.appraisal.evidence import Changes, Evidence
from tanxin.core.appraisal.indicators import Indicator
from tanxin.core.appraisal.measure import Result, Whole, result_of
from tanxin.core.appraisal.scheme import Scheme, scheme_from
from tanxin.core.vault.canonical import Json, canonical

METHOD = "1"
# A method is never changed; what is computed otherwise gets a number of its own.
METHODS: Mapping[str, Callable[[Scheme, Mapping[Indicator, Evidence], Whole], Result]] = {
    METHOD: result_of
}


class UnknownMethod(Exception):
    """The result was computed by a method that this version does not know."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a result is computed from. ``about`` names unit, year and the last day looked at."""

    about: Mapping[str, Json]
    scheme: Scheme
    evidence: Mapping[Indicator, Evidence]
    whole: Whole
    changes: Changes
    method: str = METHOD

    @property
    def result(self) -> Result:
        if self.method not in METHODS:
            raise UnknownMethod(self.method)
        changed = {key: one.changed(self.changes) for key, one in self.evidence.items()}
        return METHODS[self.method](self.scheme, changed, self.whole)

    def with_changes(self, changes: Changes) -> "Judged":
        """After an appeal; what the organisation as a whole is like stays what it was."""
        merged = {**self.changes, **changes}
        return Judged(self.about, self.scheme, self.evidence, self.whole, merged, self.method)


@dataclass(frozen=True, slots=True)
class Document:
    text: bytes

    @property
    def digest(self) -> bytes:
        return sha256(self.text).digest()


def document_of(judged: Judged) -> Document:
    """Everything the result rests on, and the result, in the one spelling that it has."""
    return Document(
        canonical(
            {
                "form": "tanxin-result-1",
                "method": judged.method,
                "about": judged.about,
                "scheme": judged.scheme.data(),
                "evidence": {key.value: one.data() for key, one in judged.evidence.items()},
                "whole": {key.value: list(pair) for key, pair in judged.whole.items()},
                "changes": dict(judged.changes),
                "result": judged.result.data(),
            }
        )
    )


def judged_again(text: bytes) -> Judged:
    """What a document was computed from; the result in it is not looked at."""
    data: dict[str, Any] = json.loads(text)
    return Judged(
        about=data["about"],
        scheme=scheme_from(data["scheme"]),
        evidence={Indicator(key): _evidence(one) for key, one in data["evidence"].items()},
        whole={Indicator(key): (pair[0], pair[1]) for key, pair in data["whole"].items()},
        changes=data["changes"],
        method=data["method"],
    )


def _evidence(data: Mapping[str, Any]) -> Evidence:
    yes, partly, no = data["sums"]
    return Evidence(tuple((ref, half) for ref, half in data["rows"]), (yes, partly, no))


def is_unchanged(text: bytes, digest: bytes) -> bool:
    """Whether the text is the one that was frozen, and computing it again gives the same bytes."""
    return sha256(text).digest() == digest and document_of(judged_again(text)).text == text
