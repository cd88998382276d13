from django.urls import path

from tanxin.web.oversight import signals

urlpatterns = [
    path("signals/", signals.signals, name="signals"),
    path("signals/<uuid:signal_id>/", signals.signal, name="signal"),
    path("signals/<uuid:signal_id>/explain/", signals.explain, name="explain"),
    path("signals/<uuid:signal_id>/settle/", signals.settle, name="settle"),
]
