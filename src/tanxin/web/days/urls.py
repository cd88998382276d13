from django.urls import path

from tanxin.web.days import views

urlpatterns = [
    path("", views.this_year, name="now"),
    path("<int:year>/", views.year, name="year"),
    path("set/", views.set_day, name="set"),
    path("clear/<str:day>/", views.clear_day, name="clear"),
]
