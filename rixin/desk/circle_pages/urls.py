from django.urls import path

from rixin.desk.circle_pages import views

urlpatterns = [
    path("circle", views.circle, name="circle"),
    path("circle/buildings", views.buildings, name="circle_buildings"),
    path("circle/buildings.geojson", views.dots, name="circle_dots"),
    path("circle/facilities.geojson", views.pins, name="circle_pins"),
    path("circle/settle", views.settle, name="circle_settle"),
]
