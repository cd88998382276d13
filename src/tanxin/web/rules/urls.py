from django.urls import path

from tanxin.web.rules import views

urlpatterns = [
    path("", views.packs, name="packs"),
    path("packs/<uuid:pack_id>/", views.pack, name="pack"),
    path("<uuid:rule_id>/", views.rule, name="rule"),
]
