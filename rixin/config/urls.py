from django.urls import include, path

from rixin.config import views
from rixin.people.access import staff_required
from rixin.privacy.views import openings

handler400 = "rixin.config.errors.bad_request"
handler403 = "rixin.config.errors.forbidden"
handler404 = "rixin.config.errors.not_found"
handler500 = "rixin.config.errors.server_error"

urlpatterns = [
    path("", include("rixin.channels.urls")),
    path("staff/", include("rixin.people.urls")),
    path("staff/openings", staff_required("auditor", "administrator")(openings), name="openings"),
    path("desk/", include("rixin.desk.urls")),
    path("records/", include("rixin.desk.record_pages.urls")),
    path("figures/", include("rixin.desk.figure_pages.urls")),
    path("forms/", include("rixin.desk.form_pages.urls")),
    path("reports/", include("rixin.desk.report_pages.urls")),
    path("places/", include("rixin.desk.place_pages.urls")),
    path("catalogue/", include("rixin.desk.catalogue_pages.urls")),
    path("language", views.set_language, name="set_language"),
    path("appearance", views.set_appearance, name="set_appearance"),
    path("healthz", views.health, name="health"),
    path("worker.js", views.worker, name="worker"),
    path("rixin.webmanifest", views.web_manifest, name="web_manifest"),
]
