from django.urls import path

from rixin.desk.topic_pages import views

urlpatterns = [
    path("topics", views.index, name="topics"),
    path("topics/<int:pk>", views.topic, name="topic"),
]
