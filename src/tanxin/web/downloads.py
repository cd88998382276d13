"""The one way out for a file: always a download, never a page."""

from types import MappingProxyType

from django.http import HttpResponse
from django.utils.http import content_disposition_header

HEADERS = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
)


def download(data: bytes, name: str, kind: str) -> HttpResponse:
    """Whatever the bytes turn out to be, the browser runs nothing of them and keeps no copy."""
    response = HttpResponse(data, content_type=kind, headers=dict(HEADERS))
    header = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = header or ""
    return response
