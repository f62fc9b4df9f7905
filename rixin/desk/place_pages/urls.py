from django.urls import path

from rixin.desk.place_pages import views
from rixin.places import answers

app_name = "places"
urlpatterns = [
    path("", views.index, name="index"),
    path("import", views.import_preview, name="import"),
    path("import/confirmed", views.import_confirmed, name="import_confirmed"),
    path("places.csv", views.table, name="table"),
    path("areas.geojson", answers.areas, name="areas"),
    path("landmarks.geojson", answers.landmarks, name="landmarks"),
    path("find", answers.find, name="find"),
    path("at", answers.at, name="at"),
]
