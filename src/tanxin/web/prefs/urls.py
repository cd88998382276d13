from django.urls import path

from tanxin.web.prefs import factors, password, security, views

urlpatterns = [
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
    path("print/", views.large_print, name="print"),
    path("security/", security.security, name="security"),
    path("sessions/end/", security.end_other_sessions, name="end-others"),
    path("sessions/<uuid:session_id>/end/", security.end_session, name="end-session"),
    path("password/", password.password, name="password"),
    path("app/", factors.app, name="app"),
    path("passkey/", factors.passkey, name="passkey"),
    path("codes/", factors.codes, name="codes"),
    path("factors/<int:factor_id>/remove/", security.take_factor, name="take-factor"),
]
