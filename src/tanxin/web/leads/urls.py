from django.urls import path

from tanxin.web.leads import asking, page

urlpatterns = [
    path("", page.mine, name="mine"),
    path("new/<uuid:issue_id>/", asking.new, name="new"),
    path("<uuid:lead_id>/", page.lead, name="lead"),
    path("<uuid:lead_id>/approve/", page.approve, name="approve"),
    path("<uuid:lead_id>/refuse/", page.refuse, name="refuse"),
    path("<uuid:lead_id>/follow/", page.follow, name="follow"),
]
