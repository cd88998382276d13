from django.urls import path

from tanxin.web.plans import changing, lists, month, overview, proposing, why

urlpatterns = [
    path("", lists.plans, name="list"),
    path("new/", proposing.new, name="new"),
    path("<uuid:plan_id>/", overview.show, name="plan"),
    path("<uuid:plan_id>/talks/", lists.talks, name="talks"),
    path("<uuid:plan_id>/people/<uuid:person_id>/", month.show, name="person"),
    path("<uuid:plan_id>/move/", changing.move, name="move"),
    path("<uuid:plan_id>/approve/", changing.approve, name="approve"),
    path("<uuid:plan_id>/drop/", changing.drop, name="drop"),
    path("<uuid:plan_id>/gather/", changing.gather, name="gather"),
    path("talks/<uuid:planned_id>/", why.show, name="planned"),
    path("talks/<uuid:planned_id>/undo/", changing.undo, name="undo"),
]
