from django.urls import path

from tanxin.web.login import confirming, giving, reset, second, views

urlpatterns = [
    path("", views.login, name="login"),
    path("second/", second.second, name="second"),
    path("confirm/", confirming.confirm, name="confirm"),
    path("reset/", reset.reset, name="reset"),
    path("code/<uuid:person_id>/", giving.give, name="code"),
    path("demo/", views.demo, name="demo"),
    path("logout/", views.logout, name="logout"),
]
