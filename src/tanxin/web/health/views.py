from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from tanxin.apps.sealing.health import parts_answering
from tanxin.web.open_to_all import open_to_all


@open_to_all
@require_safe
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django's signature
    parts = parts_answering()
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)
