from django.urls import path

from rixin.desk.record_pages import views

app_name = "records"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>", views.record, name="record"),
    path("<int:pk>/correct", views.correct, name="correct"),
    path("<int:pk>/confirm", views.confirm, name="confirm"),
    path("<int:pk>/withdraw", views.withdraw, name="withdraw"),
    path("of/<slug:kind>", views.of_type, name="of_type"),
    path("of/<slug:kind>/new", views.new, name="new"),
]
