"""Reading a request strictly: every argument must be there, of its type, and no other."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tanxin.core.vault.wire import to_bytes
from tanxin.keeper.refusal import Code, Refused

MAX_ITEMS = 20_000
_MAX_TEXT = 200
_MAX_NUMBER = 2**53


class Arguments:
    def __init__(self, values: object, names: frozenset[str]) -> None:
        if not isinstance(values, Mapping) or values.keys() != names:
            raise Refused(Code.BAD_REQUEST, expected=" ".join(sorted(names)))
        self._values: Mapping[str, Any] = values

    def uuid(self, name: str) -> UUID:
        value = self._values[name]
        try:
            return UUID(value)
        except (ValueError, TypeError, AttributeError):
            raise Refused(Code.BAD_REQUEST, argument=name) from None

    def uuid_or_none(self, name: str) -> UUID | None:
        return None if self._values[name] is None else self.uuid(name)

    def uuids(self, name: str) -> list[UUID]:
        return [
            Arguments({name: value}, frozenset({name})).uuid(name) for value in self._list(name)
        ]

    def text(self, name: str, longest: int = _MAX_TEXT) -> str:
        value = self._values[name]
        if not isinstance(value, str) or len(value) > longest or not _is_whole(value):
            raise Refused(Code.BAD_REQUEST, argument=name)
        return value

    def texts(self, name: str) -> list[str]:
        return [
            Arguments({name: value}, frozenset({name})).text(name) for value in self._list(name)
        ]

    def yes_or_no(self, name: str) -> bool:
        value = self._values[name]
        if not isinstance(value, bool):
            raise Refused(Code.BAD_REQUEST, argument=name)
        return value

    def moment(self, name: str) -> datetime:
        try:
            value = datetime.fromisoformat(self.text(name))
            if value.tzinfo is None:
                raise Refused(Code.BAD_REQUEST, argument=name)
            return value.astimezone(UTC)
        except (ValueError, OverflowError):
            raise Refused(Code.BAD_REQUEST, argument=name) from None

    def moment_or_none(self, name: str) -> datetime | None:
        return None if self._values[name] is None else self.moment(name)

    def part(self, name: str, names: frozenset[str]) -> "Arguments":
        return Arguments(self._values[name], names)

    def number(self, name: str) -> int:
        value = self._values[name]
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MAX_NUMBER:
            raise Refused(Code.BAD_REQUEST, argument=name)
        return value

    def bytes(self, name: str) -> bytes:
        return to_bytes(self._values[name])

    def items(self, name: str, names: frozenset[str]) -> list["Arguments"]:
        return [Arguments(value, names) for value in self._list(name)]

    def _list(self, name: str) -> list[Any]:
        value = self._values[name]
        if not isinstance(value, list) or len(value) > MAX_ITEMS:
            raise Refused(Code.BAD_REQUEST, argument=name)
        return value


def _is_whole(text: str) -> bool:
    """JSON may spell half a character, which no file and no hash can take."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)
