from django.db import DatabaseError, connection

from tanxin.apps.sealing import client


def parts_answering() -> dict[str, bool]:
    return {"database": database_answers(), "keeper": client.answers()}


def database_answers() -> bool:
    try:
        connection.ensure_connection()
    except DatabaseError:
        return False
    return connection.is_usable()
