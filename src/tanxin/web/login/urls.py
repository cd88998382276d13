from django.urls import path

from tanxin.web.login import views

urlpatterns = [
    path("", views.login, name="login"),
    path("demo/", views.demo, name="demo"),
    path("logout/", views.logout, name="logout"),
]
