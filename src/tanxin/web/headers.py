"""What every answer says about where it may be used, and whose forms are taken."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tanxin.web.errors import not_from_our_page

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# What a browser says of a form of our own pages. Without TLS it says nothing; the token decides.
OWN = frozenset({"", "same-origin", "none"})
NOTHING = (
    "accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope", "hid",
    "magnetometer", "microphone", "midi", "payment", "serial", "usb", "browsing-topics",
)  # fmt: skip
PERMISSIONS = ", ".join([
    *(f"{name}=()" for name in NOTHING),
    "publickey-credentials-create=(self)",
    "publickey-credentials-get=(self)",
])  # fmt: skip


class HeadersMiddleware:
    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    def process_view(self, request: HttpRequest, _view: object, *_: object) -> HttpResponse | None:
        if request.method in SAFE or request.headers.get("Sec-Fetch-Site", "") in OWN:
            return None
        return not_from_our_page(request)
