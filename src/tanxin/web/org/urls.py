from django.urls import path

from tanxin.web.org import authorities, chart, people, search, states, teams, units

urlpatterns = [
    path("", chart.show, name="chart"),
    path("search/", search.show, name="search"),
    path("authority/", authorities.show, name="authorities"),
    path("authority/new/", authorities.new, name="authority_new"),
    path("authority/<uuid:authority_id>/end/", authorities.end, name="authority_end"),
    path("units/<uuid:unit_id>/", units.show, name="unit"),
    path("teams/<uuid:team_id>/", teams.show, name="team"),
    path("people/<uuid:person_id>/", people.show, name="person"),
    path("people/<uuid:person_id>/states/", states.of_person, name="states"),
    path("states/<uuid:state_id>/end/", states.end, name="state_end"),
    path("states/<uuid:state_id>/void/", states.void, name="state_void"),
]
