from django.urls import path

from rixin.desk.policy_pages import table, views

urlpatterns = [
    path("policies", views.index, name="policies"),
    path("policies/<slug:code>", views.policy, name="policy"),
    path("policies/<slug:code>.xlsx", table.table, name="policy_table"),
    path("policies/<slug:code>/<int:pk>", views.check, name="policy_check"),
]
