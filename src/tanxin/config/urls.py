from django.urls import URLPattern, URLResolver, include, path

AREAS = (
    "home", "mine", "login", "prefs", "health", "calendar",
    "org", "events", "roster", "days", "rules", "duties", "plans", "talks", "preparing",
    "echoes", "sheets", "reception", "issues", "feedback", "common", "leads", "oversight",
    "appraisal", "reports", "retention",
    "access", "audit", "notices", "learning",
)  # fmt: skip

urlpatterns: list[URLPattern | URLResolver] = [
    path("" if area == "home" else f"{area}/", include((f"tanxin.web.{area}.urls", area)))
    for area in AREAS
]
handler400 = "tanxin.web.errors.unreadable"
handler404 = "tanxin.web.errors.not_found"
handler403 = "tanxin.web.errors.forbidden"
handler500 = "tanxin.web.errors.broken"
