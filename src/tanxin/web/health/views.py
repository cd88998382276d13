from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from tanxin.apps.sealing import client
from tanxin.web.open_to_all import open_to_all


@open_to_all
@require_safe
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django's signature
    parts = {"database": database_answers(), "keeper": client.answers()}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def database_answers() -> bool:
    try:
        connection.ensure_connection()
    except DatabaseError:
        return False
    return connection.is_usable()
