from django.urls import path

from rixin.desk.list_pages import views

urlpatterns = [
    path("lists", views.index, name="lists"),
    path("lists/<slug:code>", views.one, name="list"),
    path("lists/<slug:code>.xlsx", views.table, name="list_table"),
]
