from django.urls import path

from rixin.desk.facility_pages import acts, importing, keeping, layouts, listing, page, pictures

urlpatterns = [
    path("facilities", listing.index, name="facilities"),
    path("facilities.xlsx", listing.table, name="facility_table"),
    path("facilities/pins.geojson", listing.pins, name="facility_pins"),
    path("facilities/bring", importing.bring, name="bring_facilities"),
    path("facilities/new", keeping.new, name="new_facility"),
    path("facilities/layouts", layouts.index, name="facility_layouts"),
    path("facilities/<int:pk>/", page.facility, name="facility"),
    path("facilities/<int:pk>/place.geojson", page.place_of, name="facility_place"),
    path("facilities/<int:pk>/correct", keeping.correct, name="correct_facility"),
    path("facilities/<int:pk>/state", acts.change_state, name="facility_state"),
    path("facilities/<int:pk>/stars", acts.give_stars, name="facility_stars"),
    path("facilities/<int:pk>/area", acts.measure, name="facility_area"),
    path("facilities/<int:pk>/back/<slug:table>/<int:span>", acts.take_back, name="facility_back"),
    path("facilities/<int:pk>/pictures", pictures.add, name="facility_pictures"),
    path("facilities/<int:pk>/pictures/<slug:digest>", pictures.picture, name="facility_picture"),
    path("facilities/<int:pk>/pictures/<slug:digest>/remove", pictures.remove, name="remove_facility_picture"),
]
