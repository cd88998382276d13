from django.urls import path

from tanxin.web.calendar import address, feed

urlpatterns = [
    path("", address.page, name="page"),
    path("remove/", address.remove, name="remove"),
    path("talks/<uuid:talk_id>.ics", feed.one, name="one"),
    path("<str:secret>.ics", feed.whole, name="feed"),
]
