from django.urls import path

from tanxin.web.events import changing, pages

urlpatterns = [
    path("", pages.register, name="register"),
    path("new/", changing.new, name="new"),
    path("<uuid:event_id>/", pages.event, name="event"),
    path("<uuid:event_id>/move/", changing.move, name="move"),
    path("<uuid:event_id>/call-off/", changing.call_off, name="call_off"),
]
