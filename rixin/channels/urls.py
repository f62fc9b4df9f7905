from django.urls import path

from rixin.channels.open311.urls import urlpatterns as open311
from rixin.channels.views import codes, home, places, projects, proposals, receipt, report

app_name = "channels"
urlpatterns = [
    *open311,
    path("", home.home, name="home"),
    path("near", home.near, name="near"),
    path("near.geojson", home.near_pins, name="near_pins"),
    path("your-data", home.privacy, name="privacy"),
    path("c/<str:key>", report.report, name="report"),
    path("report", places.choose_place, name="choose_place"),
    path("report/at/<str:key>", report.report, {"by": "place"}, name="report_at"),
    path("enterprise", report.enterprise, name="enterprise"),
    path("report/near", report.near, name="report_near"),
    path("report/kinds", report.kinds, name="report_kinds"),
    path("report/questions", report.questions, name="report_questions"),
    path("report/photo/<str:signed>", report.kept_photo, name="kept_photo"),
    path("t", receipt.track, name="track"),
    path("t/<str:code>", receipt.receipt, name="receipt"),
    path("t/<str:code>/rate", receipt.rate, name="rate"),
    path("t/<str:code>/phone", receipt.phone, name="receipt_phone"),
    path("t/<str:code>/data.json", receipt.own_data, name="own_data"),
    path("t/<str:code>/documents/<int:pk>.pdf", receipt.document, name="document"),
    path("t/<str:code>/do/<slug:action>", receipt.take, name="receipt_action"),
    path("p/<str:code>/<slug:digest>", receipt.photo, name="photo"),
    path("p/<str:code>/<slug:digest>/small", receipt.photo, {"thumb": True}, name="photo_small"),
    path("proposals", proposals.proposals, name="proposals"),
    path("proposals/new", proposals.new_proposal, name="new_proposal"),
    path("proposals/<int:pk>", proposals.proposal, name="proposal"),
    path("proposals/<int:pk>/support", proposals.support, name="support_proposal"),
    path("proposals/code/<str:code>", proposals.own_proposal, name="own_proposal"),
    path("projects", projects.projects, name="projects"),
    path("projects/<int:pk>", projects.project, name="project"),
    path("projects/<int:pk>/rate", projects.rate, name="rate_project"),
    path("projects/<int:pk>/poster", projects.poster, name="project_poster"),
    path("codes", codes.code_list, name="codes"),
    path("codes/new", codes.new_code, name="new_code"),
    path("codes/posters", codes.posters, name="posters"),
    path("codes/<int:pk>/retire", codes.retire, name="retire_code"),
]
