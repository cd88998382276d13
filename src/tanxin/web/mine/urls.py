from django.urls import path

from tanxin.web.mine import export, page

urlpatterns = [
    path("", page.page, name="page"),
    path("export/", export.export, name="export"),
]
