"""The root key wrapped by a key that never leaves a hardware module (PKCS#11; extra ``hsm``).

``root.token`` names the module, the token, the key in it and the file with the PIN, and holds the
wrapped root key. A copy of the home without the module opens nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_bytes
from typing import Any

import pkcs11
from pkcs11 import Attribute, GCMParams, KeyType, Mechanism, ObjectClass
from pkcs11.exceptions import NoSuchKey, PKCS11Error

from tanxin.core.vault.provider import NONCE_BYTES, SECRET_BYTES, TAG_BYTES
from tanxin.core.vault.refusals import Malformed
from tanxin.core.vault.wire import to_bytes, to_text
from tanxin.keeper.root import RootKeyUnusable, damaged, read_kept, root_id, write_over

_FORM = 1
_KEY_BITS = 256
_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class TokenKey:
    """``module`` is the vendor's library; ``pin_file`` is for the keeper's user alone."""

    module: str
    token: str
    key: str
    pin_file: str


def make_token_key(where: TokenKey) -> None:
    """Make an AES key that cannot be taken out; raises ``RootKeyUnusable`` if there is one."""
    with _session(where, rw=True) as session:
        try:
            session.get_key(object_class=ObjectClass.SECRET_KEY, label=where.key)
        except NoSuchKey:
            session.generate_key(
                KeyType.AES,
                _KEY_BITS,
                label=where.key,
                store=True,
                template={
                    Attribute.SENSITIVE: True,
                    Attribute.EXTRACTABLE: False,
                    Attribute.ENCRYPT: True,
                    Attribute.DECRYPT: True,
                },
            )
            return
    raise RootKeyUnusable(f"the token has a key called {where.key} already")


def wrap_root(path: Path, where: TokenKey, root: bytes) -> None:
    """Write ``root.token``; what was written has been opened once before this returns."""
    nonce, name = token_bytes(NONCE_BYTES), root_id(root)
    with _session(where) as session:
        wrapped = _key(session, where).encrypt(
            root, mechanism=Mechanism.AES_GCM, mechanism_param=_params(nonce, name)
        )
    write_over(
        path,
        {
            "form": _FORM,
            "module": where.module,
            "token": where.token,
            "key": where.key,
            "pin_file": where.pin_file,
            "root": name,
            "nonce": to_text(nonce),
            "wrapped": to_text(wrapped),
        },
    )
    if open_root(path) != root:
        raise RootKeyUnusable("the token did not give back what it was given")


def wrap_again(path: Path, root: bytes) -> None:
    """Keep another root key where one is kept."""
    wrap_root(path, _where(read_kept(path), path), root)


def open_root(path: Path) -> bytes:
    """Return the root key or raise ``RootKeyUnusable``."""
    values = read_kept(path)
    where = _where(values, path)
    try:
        nonce, wrapped, name = (
            to_bytes(values["nonce"]),
            to_bytes(values["wrapped"]),
            str(values["root"]),
        )
    except (KeyError, Malformed):
        raise damaged(path) from None
    with _session(where) as session:
        root: bytes = _key(session, where).decrypt(
            wrapped, mechanism=Mechanism.AES_GCM, mechanism_param=_params(nonce, name)
        )
    if len(root) != SECRET_BYTES or root_id(root) != name:
        raise damaged(path)
    return root


def _where(values: dict[str, object], path: Path) -> TokenKey:
    try:
        return TokenKey(*(str(values[name]) for name in ("module", "token", "key", "pin_file")))
    except KeyError:
        raise damaged(path) from None


def _params(nonce: bytes, name: str) -> GCMParams:
    return GCMParams(nonce, f"tanxin/1/root/{name}".encode(), TAG_BYTES * 8)


@contextmanager
def _session(where: TokenKey, *, rw: bool = False) -> Iterator[Any]:
    pin = _pin(Path(where.pin_file))
    try:
        token = pkcs11.lib(where.module).get_token(token_label=where.token)
        with token.open(user_pin=pin, rw=rw) as session:
            yield session
    except (PKCS11Error, RuntimeError, OSError) as reason:
        told = type(reason).__name__
        raise RootKeyUnusable(f"the token {where.token} does not do it: {told}") from None


def _key(session: Any, where: TokenKey) -> Any:  # noqa: ANN401 - the package has no types
    return session.get_key(object_class=ObjectClass.SECRET_KEY, label=where.key)


def _pin(path: Path) -> str:
    try:
        if path.stat().st_mode & _OTHERS:
            raise RootKeyUnusable(f"{path} can be read by others: chmod 600 it")
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise RootKeyUnusable(f"{path}, the file with the PIN, is missing") from None
