from django.urls import path

from rixin.desk.figure_pages import views

app_name = "figures"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:code>", views.figure, name="figure"),
    path("<slug:code>/explore", views.explore, name="explore"),
    path("<slug:code>/figures.xlsx", views.table, name="table"),
]
