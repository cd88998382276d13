from django.urls import path

from tanxin.web.issues import drafts, lists, steps, views

urlpatterns = [
    path("", lists.mine, name="mine"),
    path("raise/<uuid:talk_id>/", steps.raise_issue, name="raise"),
    path("raise/<uuid:talk_id>/draft/", drafts.of_raising, name="raise_draft"),
    path("<uuid:issue_id>/", views.issue, name="issue"),
    path("<uuid:issue_id>/<str:step>/draft/", drafts.of_step, name="draft"),
    path("<uuid:issue_id>/assign/", steps.assign, name="assign"),
    path("<uuid:issue_id>/report/", steps.report, name="report"),
    path("<uuid:issue_id>/verify/", steps.verify, name="verify"),
    path("<uuid:issue_id>/answer/", steps.answer, name="answer"),
]
