from django.urls import path

from tanxin.web.prefs import views

urlpatterns = [
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
    path("print/", views.large_print, name="print"),
]
