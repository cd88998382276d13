from django.urls import path

from tanxin.web.audit import releases, taking, views

urlpatterns = [
    path("", views.log, name="log"),
    path("releases/", releases.releases, name="releases"),
    path("checkpoints/", views.checkpoints, name="checkpoints"),
    path("export/", taking.export, name="export"),
    path("verifier.py", taking.verifier, name="verifier"),
    path("<int:seq>/", views.entry, name="entry"),
]
