from django.urls import path

from tanxin.web.reports import exporting, figures, start

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
]
