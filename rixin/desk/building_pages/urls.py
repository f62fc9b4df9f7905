from django.urls import path

from rixin.desk.building_pages import acts, keeping, views, what_if

urlpatterns = [
    path("buildings", views.index, name="buildings"),
    path("buildings.xlsx", views.table, name="building_table"),
    path("buildings/pins.geojson", views.pins, name="building_pins"),
    path("buildings/new", keeping.new, name="new_building"),
    path("buildings/<str:code>/", views.building, name="building"),
    path("buildings/<str:code>/correct", keeping.correct, name="correct_building"),
    path("buildings/<str:code>/rooms", keeping.rooms, name="add_rooms"),
    path("buildings/<str:code>/rooms/<int:pk>/close", keeping.close_room, name="close_room"),
    path("buildings/<str:code>/rooms/<int:pk>/let", acts.let, name="let_room"),
    path("buildings/<str:code>/tenancies/<int:pk>/leave", acts.leave, name="tenant_leaves"),
    path("buildings/<str:code>/tenancies/<int:pk>/move", acts.move, name="move_tenant"),
    path("buildings/<str:code>/tenancies/<int:pk>/renew", acts.renew, name="renew_lease"),
    path("buildings/<str:code>/rebuild", what_if.rebuild, name="rebuild"),
]
