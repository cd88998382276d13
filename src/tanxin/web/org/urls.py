from django.urls import path

from tanxin.web.org import chart, people, search, teams, units

urlpatterns = [
    path("", chart.show, name="chart"),
    path("search/", search.show, name="search"),
    path("units/<uuid:unit_id>/", units.show, name="unit"),
    path("teams/<uuid:team_id>/", teams.show, name="team"),
    path("people/<uuid:person_id>/", people.show, name="person"),
]
