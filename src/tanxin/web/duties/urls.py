from django.urls import path

from tanxin.web.duties import coverage, lists, matrix, mine, why

urlpatterns = [
    path("", mine.show, name="mine"),
    path("list/", lists.show, name="list"),
    path("<uuid:duty_id>/", why.show, name="duty"),
    path("teams/<uuid:team_id>/", matrix.show, name="matrix"),
    path("units/", coverage.units, name="units"),
    path("units/<uuid:unit_id>/", coverage.show, name="coverage"),
]
