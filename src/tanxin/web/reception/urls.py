from django.urls import path

from tanxin.web.reception import booking, changing, setting

urlpatterns = [
    path("", booking.overview, name="all"),
    path("new/", setting.new, name="new"),
    path("<uuid:leader_id>/", booking.leader, name="leader"),
    path("hours/<uuid:reception_id>/", changing.hours, name="hours"),
    path("hours/<uuid:reception_id>/<str:held_on>/", changing.day, name="day"),
]
