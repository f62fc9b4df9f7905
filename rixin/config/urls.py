from django.urls import include, path

urlpatterns = [
    path("", include("rixin.channels.urls")),
    path("staff/", include("rixin.people.urls")),
    path("desk/", include("rixin.desk.urls")),
    path("places/", include("rixin.places.urls")),
    path("catalogue/", include("rixin.catalogue.urls")),
]
