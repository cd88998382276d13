from django.db import DatabaseError, connection

from tanxin.apps.sealing import client
from tanxin.apps.sealing.asking import ask


def parts_answering() -> dict[str, bool]:
    return {"database": database_answers(), "keeper": client.answers()}


def keeper_is_sealed() -> bool:
    """Say whether the keeper is there and waits for shares of its root key."""
    try:
        return bool(ask("status", {})["sealed"])
    except (client.KeeperUnavailable, client.KeeperRefused):
        return False


def database_answers() -> bool:
    try:
        connection.ensure_connection()
    except DatabaseError:
        return False
    return connection.is_usable()
