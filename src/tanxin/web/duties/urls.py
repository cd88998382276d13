from django.urls import path

from tanxin.web.duties import coverage, delegating, exempting, lists, matrix, mine, why

urlpatterns = [
    path("", mine.show, name="mine"),
    path("list/", lists.show, name="list"),
    path("<uuid:duty_id>/", why.show, name="duty"),
    path("<uuid:duty_id>/waive/", exempting.ask, name="waive"),
    path("waivers/", exempting.overview, name="waivers"),
    path("waivers/<uuid:waiver_id>/", exempting.page, name="waiver"),
    path("waivers/<uuid:waiver_id>/approve/", exempting.approve, name="approve_waiver"),
    path("waivers/<uuid:waiver_id>/refuse/", exempting.refuse, name="refuse_waiver"),
    path("waivers/<uuid:waiver_id>/withdraw/", exempting.withdraw, name="withdraw_waiver"),
    path("delegations/new/", delegating.ask, name="delegate"),
    path("delegations/<uuid:delegation_id>/", delegating.page, name="delegation"),
    path(
        "delegations/<uuid:delegation_id>/approve/", delegating.approve, name="approve_delegation"
    ),
    path("delegations/<uuid:delegation_id>/refuse/", delegating.refuse, name="refuse_delegation"),
    path("delegations/<uuid:delegation_id>/end/", delegating.end, name="end_delegation"),
    path("teams/<uuid:team_id>/", matrix.show, name="matrix"),
    path("units/", coverage.units, name="units"),
    path("units/<uuid:unit_id>/", coverage.show, name="coverage"),
]
