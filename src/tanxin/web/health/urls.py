from django.urls import path

from tanxin.web.health import views

urlpatterns = [path("", views.health, name="health")]
