from django.urls import path

from tanxin.web.common import lists, page, planning

urlpatterns = [
    path("", lists.common, name="list"),
    path("<uuid:common_id>/", page.common, name="common"),
    path("<uuid:common_id>/take-up/", page.take_up, name="take_up"),
    path("<uuid:common_id>/dismiss/", page.dismiss, name="dismiss"),
    path("<uuid:common_id>/plan/", planning.plan, name="plan"),
]
