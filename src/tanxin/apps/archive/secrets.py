"""Secrets that stand in a JSON column of a package's table: found and moved one by one.

There are a few per account, so they are looked at in Python.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.db import models

from tanxin.apps.sealing.columns import Secrets
from tanxin.apps.sealing.keys import KeyState, reseal
from tanxin.core.vault.header import Header, Kind
from tanxin.core.vault.wire import to_bytes, to_text

Found = tuple["models.Model", str, bytes]


def all_secrets() -> list[Secrets]:
    return [
        column for config in apps.get_app_configs() for column in getattr(config, "secrets", ())
    ]


def secrets_left(realm_id: UUID, state: KeyState) -> Iterator[tuple[Secrets, Found]]:
    """Yield what is not under the newest key yet."""
    for column in all_secrets():
        for row in apps.get_model(column.model)._default_manager.order_by("pk").iterator():
            for name in column.names:
                sealed = _sealed(realm_id, getattr(row, column.attribute).get(name))
                if sealed and Header.decode(sealed).kek_version != state.current:
                    yield column, (row, name, sealed)


def move_secrets(realm_id: UUID, state: KeyState, operator: str) -> int:
    moved = 0
    for column, (row, name, sealed) in list(secrets_left(realm_id, state)):
        item = {
            "record": str(Header.decode(sealed).record),
            "field": column.column,
            "sealed": to_text(sealed),
            "indexed": False,
        }
        [answer] = reseal(realm_id, uuid4(), "personal", [item], operator)
        moved += _write(column, row, name, realm_id, to_bytes(answer["sealed"]))
    return moved


def _write(column: Secrets, row: Any, name: str, realm_id: UUID, new: bytes) -> int:  # noqa: ANN401
    """Write over what was read only, as everywhere."""
    before = getattr(row, column.attribute)
    after = {**before, name: f"{realm_id.hex}.{b64encode(new).decode()}"}
    same = type(row)._default_manager.filter(pk=row.pk, **{column.attribute: before})
    written: int = same.update(**{column.attribute: after})
    setattr(row, column.attribute, after if written else before)
    return written


def _sealed(realm_id: UUID, text: object) -> bytes | None:
    """Return the bytes of a secret of this realm; others are none of ours."""
    if not isinstance(text, str) or not text.startswith(f"{realm_id.hex}."):
        return None
    sealed = b64decode(text.partition(".")[2])
    return sealed if Header.decode(sealed).kind is Kind.PERSONAL else None
