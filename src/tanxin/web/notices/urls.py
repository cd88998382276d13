from django.urls import path

from tanxin.web.notices import operating, overdue, own

urlpatterns = [
    path("", own.page, name="mine"),
    path("choose/", own.choose, name="choose"),
    path("overdue/", overdue.page, name="overdue"),
    path("overdue/note/", overdue.note, name="note"),
    path("operating/", operating.page, name="operating"),
]
