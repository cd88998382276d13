from django.urls import path

from tanxin.web.preparing import guidance, outlines, printing, topics, views

urlpatterns = [
    path("guidance/", guidance.guidance, name="guidance"),
    path("outlines/", outlines.library, name="library"),
    path("outlines/<str:of_kind>/", outlines.edit, name="library_edit"),
    path("<uuid:talk_id>/", views.sheet, name="sheet"),
    path("<uuid:talk_id>/topics/", topics.topics, name="topics"),
    path("<uuid:talk_id>/outline/", outlines.own, name="outline"),
    path("<uuid:talk_id>/guidance/", guidance.put_aside, name="put_aside"),
    path("<uuid:talk_id>/paper.<str:file>", printing.paper, name="paper"),
]
