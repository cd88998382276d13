from django.urls import path

from tanxin.web.roster import views

urlpatterns = [
    path("", views.start, name="start"),
    path("template/", views.template, name="template"),
    path("export/<str:kind>/", views.export, name="export"),
    path("<uuid:upload_id>/", views.check, name="check"),
    path("<uuid:upload_id>/accept/", views.accept, name="apply"),
    path("<uuid:upload_id>/discard/", views.discard, name="discard"),
]
