from django.urls import path

from rixin.desk.talent_pages import views

urlpatterns = [
    path("talents", views.index, name="talents"),
]
