from django.urls import path

from tanxin.web.echoes import answering, totals

urlpatterns = [
    path("", totals.totals, name="totals"),
    path("<uuid:invitation_id>/", answering.answer, name="answer"),
    path("<uuid:invitation_id>/leave/", answering.leave, name="leave"),
]
