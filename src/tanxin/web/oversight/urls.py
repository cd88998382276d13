from django.urls import path

from tanxin.web.oversight import inspecting, sampling, signals
from tanxin.web.oversight.coverage import statistics

urlpatterns = [
    path("statistics/", statistics.latest, name="statistics"),
    path("statistics/<str:quarter_code>/", statistics.of_quarter, name="statistics_of"),
    path("signals/", signals.signals, name="signals"),
    path("signals/<uuid:signal_id>/", signals.signal, name="signal"),
    path("signals/<uuid:signal_id>/explain/", signals.explain, name="explain"),
    path("signals/<uuid:signal_id>/settle/", signals.settle, name="settle"),
    path("samples/", sampling.samples, name="samples"),
    path("samples/<uuid:sample_id>/", sampling.sample, name="sample"),
    path("calls/<uuid:call_id>/", sampling.call, name="call"),
    path("calls/<uuid:call_id>/answer/", sampling.answer, name="answer_call"),
    path("calls/<uuid:call_id>/settle/", sampling.settle_call, name="settle_call"),
    path("inspections/", inspecting.inspections, name="inspections"),
    path("inspections/<uuid:inspection_id>/", inspecting.inspection, name="inspection"),
    path(
        "inspections/<uuid:inspection_id>/decide/",
        inspecting.decide_inspection,
        name="decide_inspection",
    ),
    path("inspections/<uuid:inspection_id>/end/", inspecting.end_inspection, name="end_inspection"),
]
