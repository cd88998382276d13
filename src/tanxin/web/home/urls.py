from django.urls import path

from tanxin.web.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("first-steps/", views.first_steps, name="first_steps"),
]
