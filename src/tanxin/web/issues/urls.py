from django.urls import path

from tanxin.web.issues import lists, steps, views

urlpatterns = [
    path("", lists.mine, name="mine"),
    path("raise/<uuid:talk_id>/", steps.raise_issue, name="raise"),
    path("<uuid:issue_id>/", views.issue, name="issue"),
    path("<uuid:issue_id>/assign/", steps.assign, name="assign"),
    path("<uuid:issue_id>/report/", steps.report, name="report"),
    path("<uuid:issue_id>/verify/", steps.verify, name="verify"),
    path("<uuid:issue_id>/answer/", steps.answer, name="answer"),
]
