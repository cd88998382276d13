from django.urls import path

from tanxin.web.notices import operating, own

urlpatterns = [
    path("", own.page, name="mine"),
    path("choose/", own.choose, name="choose"),
    path("operating/", operating.page, name="operating"),
]
