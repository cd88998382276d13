from django.urls import path

from tanxin.web.feedback import lists, page, writing

urlpatterns = [
    path("", lists.mine, name="mine"),
    path("new/<uuid:issue_id>/", writing.new, name="new"),
    path("<uuid:feedback_id>/", page.feedback, name="feedback"),
    path("<uuid:feedback_id>/release/", page.release, name="release"),
    path("<uuid:feedback_id>/return/", page.send_back, name="return"),
    path("<uuid:feedback_id>/answer/", page.answer, name="answer"),
    path("<uuid:feedback_id>/withdraw/", page.withdraw, name="withdraw"),
]
