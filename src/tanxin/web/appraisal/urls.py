from django.urls import path

from tanxin.web.appraisal import appealing, opinions, results, schemes, taking

urlpatterns = [
    path("", results.latest, name="results"),
    path("<int:of_year>/", results.show_year, name="year"),
    path("<int:of_year>/freeze/", results.freeze, name="freeze"),
    path("<int:of_year>/take/", taking.take, name="take"),
    path("units/<uuid:result_id>/", results.show, name="result"),
    path("units/<uuid:result_id>/on/<str:indicator>/", results.evidence, name="evidence"),
    path("units/<uuid:result_id>/answer/", results.answer, name="answer"),
    path("units/<uuid:result_id>/appeal/", appealing.make, name="make_appeal"),
    path("appeals/<uuid:appeal_id>/", appealing.page, name="appeal"),
    path("appeals/<uuid:appeal_id>/grant/", appealing.grant, name="grant"),
    path("appeals/<uuid:appeal_id>/refuse/", appealing.refuse, name="refuse"),
    path("appeals/<uuid:appeal_id>/withdraw/", appealing.withdraw, name="withdraw"),
    path("schemes/", schemes.overview, name="schemes"),
    path("schemes/new/", schemes.begin, name="begin_scheme"),
    path("schemes/<uuid:scheme_id>/", schemes.page, name="scheme"),
    path("schemes/<uuid:scheme_id>/edit/", schemes.edit, name="edit_scheme"),
    path("schemes/<uuid:scheme_id>/propose/", schemes.propose, name="propose_scheme"),
    path("schemes/<uuid:scheme_id>/publish/", schemes.publish, name="publish_scheme"),
    path("schemes/<uuid:scheme_id>/return/", schemes.give_back, name="return_scheme"),
    path("schemes/<uuid:scheme_id>/drop/", schemes.drop, name="drop_scheme"),
    path("opinions/", opinions.enter, name="opinions"),
]
