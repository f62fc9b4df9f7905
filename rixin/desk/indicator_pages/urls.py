from django.urls import path

from rixin.desk.indicator_pages import views

urlpatterns = [
    path("indicators", views.index, name="indicators"),
    path("indicators/table.xlsx", views.table, name="indicators_table"),
]
