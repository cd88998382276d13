from django.urls import path

from tanxin.web.preparing import topics, views

urlpatterns = [
    path("<uuid:talk_id>/", views.sheet, name="sheet"),
    path("<uuid:talk_id>/topics/", topics.topics, name="topics"),
]
