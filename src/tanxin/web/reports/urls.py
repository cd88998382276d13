from django.urls import path

from tanxin.web.reports import exporting, figures, measures, meeting, reporting, start

urlpatterns = [
    path("", start.start, name="start"),
    path("figures/<uuid:unit_id>/", figures.show, name="figures"),
    path("list/<uuid:unit_id>/", figures.behind, name="list"),
    path("exports/new/", exporting.ask, name="ask"),
    path("exports/<uuid:export_id>/", exporting.page, name="export"),
    path("exports/<uuid:export_id>/approve/", exporting.approve, name="approve"),
    path("exports/<uuid:export_id>/refuse/", exporting.refuse, name="refuse"),
    path("exports/<uuid:export_id>/withdraw/", exporting.withdraw, name="withdraw"),
    path("exports/<uuid:export_id>/take/<str:file>/", exporting.take, name="take"),
    path("new/", reporting.begin, name="begin"),
    path("<uuid:report_id>/", reporting.report, name="report"),
    path("<uuid:report_id>/finish/", reporting.finish, name="finish"),
    path("<uuid:report_id>/paper/<str:file>/", reporting.paper, name="report_paper"),
    path("meetings/<uuid:unit_id>/", meeting.show, name="meeting"),
    path("meetings/<uuid:unit_id>/<str:file>/", meeting.paper, name="meeting_paper"),
    path("measures/<uuid:issue_id>/<str:file>/", measures.sheet, name="measure"),
]
