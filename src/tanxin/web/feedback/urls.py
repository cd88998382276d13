from django.urls import path

from tanxin.web.feedback import lists, page, replies, reply, summaries, writing

urlpatterns = [
    path("", lists.mine, name="mine"),
    path("new/<uuid:issue_id>/", writing.new, name="new"),
    path("replies/", replies.replies, name="replies"),
    path("replies/new/", replies.new, name="reply_new"),
    path("replies/<uuid:reply_id>/", reply.reply, name="reply"),
    path("replies/<uuid:reply_id>/publish/", reply.publish, name="reply_publish"),
    path("replies/<uuid:reply_id>/return/", reply.send_back, name="reply_return"),
    path("replies/<uuid:reply_id>/withdraw/", reply.withdraw, name="reply_withdraw"),
    path("summaries/", summaries.summaries, name="summaries"),
    path("summaries/<uuid:summary_id>/", summaries.summary, name="summary"),
    path("summaries/<uuid:summary_id>/read/", summaries.read, name="summary_read"),
    path("<uuid:feedback_id>/", page.feedback, name="feedback"),
    path("<uuid:feedback_id>/release/", page.release, name="release"),
    path("<uuid:feedback_id>/return/", page.send_back, name="return"),
    path("<uuid:feedback_id>/answer/", page.answer, name="answer"),
    path("<uuid:feedback_id>/withdraw/", page.withdraw, name="withdraw"),
]
