from django.urls import path

from tanxin.web.talks import asking, lists, planning, reading, receipts, searching, writing

urlpatterns = [
    path("", lists.mine, name="mine"),
    path("new/", planning.new, name="new"),
    path("search/", searching.search, name="search"),
    path("ask/", asking.ask, name="ask"),
    path("requests/", lists.requests, name="requests"),
    path("requests/<uuid:request_id>/", asking.request_page, name="request"),
    path("requests/<uuid:request_id>/accept/", asking.accept, name="accept"),
    path("requests/<uuid:request_id>/decline/", asking.decline, name="decline"),
    path("requests/<uuid:request_id>/withdraw/", asking.withdraw, name="withdraw"),
    path("<uuid:talk_id>/", planning.talk, name="talk"),
    path("<uuid:talk_id>/agree/", planning.agree, name="agree"),
    path("<uuid:talk_id>/move/", planning.move, name="move"),
    path("<uuid:talk_id>/cancel/", planning.cancel, name="cancel"),
    path("<uuid:talk_id>/refuse/", planning.refuse, name="refuse"),
    path("<uuid:talk_id>/approve/", planning.approve, name="approve"),
    path("<uuid:talk_id>/deny/", planning.deny, name="deny"),
    path("<uuid:talk_id>/prepare/", planning.prepare, name="prepare"),
    path("<uuid:talk_id>/hold/", planning.hold, name="hold"),
    path("<uuid:talk_id>/write/", writing.write, name="write"),
    path("<uuid:talk_id>/draft/", writing.draft, name="draft"),
    path("<uuid:talk_id>/memo/", writing.memo, name="memo"),
    path("<uuid:talk_id>/record/", reading.record, name="record"),
    path("<uuid:talk_id>/record/<int:number>/", reading.version, name="version"),
    path("<uuid:talk_id>/confirm/", reading.confirm, name="confirm"),
    path("<uuid:talk_id>/dispute/", reading.dispute, name="dispute"),
    path("<uuid:talk_id>/remark/", reading.remark, name="remark"),
    path("<uuid:talk_id>/receipts/<uuid:answer_id>/<str:form>/", receipts.receipt, name="receipt"),
]
