from django.urls import path

from tanxin.web.issues import (
    drafts,
from tanxin.web.issues import (
    figures,
    files,
)
    following,
    keeping,
    kinds,
    lists,
<<<<<<< HEAD
=======
    looking,
    regrouping,
    solving,
>>>>>>> 64b2df8 (issues: Let a page take every step of an issue's course.)
    sorting,
    steps,
    views,
)

urlpatterns = [
    path("", lists.mine, name="mine"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<uuid:unit_id>/", figures.of_unit, name="unit_figures"),
    path("many/", following.many, name="many"),
    path("many/<uuid:act>/unfollow/", following.unfollow, name="unfollow"),
    path("many/<uuid:act>/unremind/", following.unremind, name="unremind"),
    path("views/", keeping.keep, name="view_keep"),
    path("views/<uuid:view_id>/remove/", keeping.remove, name="view_remove"),
    path("views/<uuid:view_id>/restore/", keeping.restore, name="view_restore"),
    path("kinds/", kinds.kinds, name="kinds"),
    path("kinds/add/", kinds.add, name="kind_add"),
    path("kinds/<slug:kind_key>/name/", kinds.rename, name="kind_rename"),
    path("kinds/<slug:kind_key>/move/", kinds.move, name="kind_move"),
    path("kinds/<slug:kind_key>/retire/", kinds.retire, name="kind_retire"),
    path("kinds/<slug:kind_key>/restore/", kinds.restore, name="kind_restore"),
    path("raise/<uuid:talk_id>/", steps.raise_issue, name="raise"),
    path("raise/<uuid:talk_id>/draft/", drafts.of_raising, name="raise_draft"),
    path("<uuid:issue_id>/", views.issue, name="issue"),
    path("<uuid:issue_id>/<str:step>/draft/", drafts.of_step, name="draft"),
    path("<uuid:issue_id>/sort/", sorting.sort, name="sort"),
    path("<uuid:issue_id>/assign/", steps.assign, name="assign"),
    path("<uuid:issue_id>/report/", steps.report, name="report"),
    path("<uuid:issue_id>/verify/", steps.verify, name="verify"),
    path("<uuid:issue_id>/answer/", steps.answer, name="answer"),
    path("<uuid:issue_id>/inquire/", looking.inquire, name="inquire"),
    path("<uuid:issue_id>/find/", looking.find, name="find"),
    path("<uuid:issue_id>/note/", solving.note, name="note"),
    path("<uuid:issue_id>/cause/", solving.cause, name="cause"),
    path("<uuid:issue_id>/more-time/", solving.ask_time, name="ask_time"),
    path("<uuid:issue_id>/more-time/decide/", solving.decide_time, name="decide_time"),
    path("<uuid:issue_id>/explain/", regrouping.explain, name="explain"),
    path("<uuid:issue_id>/take-up/", regrouping.take_up, name="take_up"),
    path("<uuid:issue_id>/effect/", looking.effect, name="effect"),
    path("<uuid:issue_id>/split/", regrouping.split, name="split"),
    path("<uuid:issue_id>/merge/", regrouping.merge, name="merge"),
    path("<uuid:issue_id>/release/", regrouping.release, name="release"),
    path("<uuid:issue_id>/files/<uuid:file_id>/", files.proof, name="file"),
]
