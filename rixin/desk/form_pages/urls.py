from django.urls import path

from rixin.desk.form_pages import views

app_name = "forms"
urlpatterns = [
    path("", views.index, name="index"),
    path("of/<slug:code>", views.form, name="form"),
    path("of/<slug:code>/cell", views.cell, name="cell"),
    path("of/<slug:code>/table.xlsx", views.table, name="table"),
    path("of/<slug:code>/submit", views.submit, name="submit"),
    path("submissions/<int:pk>", views.submission, name="submission"),
    path("submissions/<int:pk>/cell", views.submission_cell, name="submission_cell"),
    path("submissions/<int:pk>/table.xlsx", views.submission_table, name="submission_table"),
    path("submissions/<int:pk>/confirm", views.confirm, name="confirm"),
]
