from django.urls import path

from rixin.desk.catalogue_pages import views

app_name = "catalogue"
urlpatterns = [
    path("", views.index, name="index"),
    path("types/<slug:code>/", views.matter_type, name="type"),
    path("lifecycles/<slug:code>/", views.lifecycle, name="lifecycle"),
]
