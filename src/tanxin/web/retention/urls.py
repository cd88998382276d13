from django.urls import path

from tanxin.web.retention import holds, lists, packages

urlpatterns = [
    path("", lists.start, name="start"),
    path("lists/<uuid:list_id>/", lists.page, name="list"),
    path("lists/<uuid:list_id>/sign/", lists.sign, name="sign"),
    path("lists/<uuid:list_id>/refuse/", lists.refuse, name="refuse"),
    path("lists/<uuid:list_id>/withdraw/", lists.withdraw, name="withdraw"),
    path("lists/<uuid:list_id>/certificate/<str:file>/", lists.certificate, name="certificate"),
    path("talks/<uuid:talk_id>/", holds.ask, name="hold_talk"),
    path("talks/<uuid:talk_id>/package/", packages.make, name="package"),
    path("holds/<uuid:hold_id>/", holds.page, name="hold"),
    path("holds/<uuid:hold_id>/<str:hold_step>/", holds.act, name="hold_act"),
]
