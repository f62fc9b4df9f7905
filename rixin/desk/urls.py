from django.urls import path

from rixin.desk.building_pages.urls import urlpatterns as building_pages
from rixin.desk.circle_pages.urls import urlpatterns as circle_pages
from rixin.desk.clock_pages.urls import urlpatterns as clock_pages
from rixin.desk.document_pages.urls import urlpatterns as document_pages
from rixin.desk.enterprise_import_pages.urls import urlpatterns as enterprise_import_pages
from rixin.desk.enterprise_pages.urls import urlpatterns as enterprise_pages
from rixin.desk.event_pages.urls import urlpatterns as event_pages
from rixin.desk.facility_pages.urls import urlpatterns as facility_pages
from rixin.desk.field.urls import urlpatterns as field_pages
from rixin.desk.goal_pages.urls import urlpatterns as goal_pages
from rixin.desk.home_pages.urls import urlpatterns as home_pages
from rixin.desk.indicator_pages.urls import urlpatterns as indicator_pages
from rixin.desk.lead_pages.urls import urlpatterns as lead_pages
from rixin.desk.list_pages.urls import urlpatterns as list_pages
from rixin.desk.policy_pages.urls import urlpatterns as policy_pages
from rixin.desk.project_pages.urls import urlpatterns as project_pages
from rixin.desk.proposal_pages.urls import urlpatterns as proposal_pages
from rixin.desk.roll_pages.urls import urlpatterns as roll_pages
from rixin.desk.room_pages.urls import urlpatterns as room_pages
from rixin.desk.talent_pages.urls import urlpatterns as talent_pages
from rixin.desk.team_pages.urls import urlpatterns as team_pages
from rixin.desk.topic_pages.urls import urlpatterns as topic_pages
from rixin.desk.views import bulk, case, export, finding, inbox, newcase, notices
from rixin.desk.visit_pages.urls import urlpatterns as visit_pages

app_name = "desk"
urlpatterns = [
    path("", inbox.home, name="home"),
    path("inbox", inbox.inbox, name="inbox"),
    path("inbox/news", inbox.news, name="news"),
    path("inbox/saved", inbox.save_filter, name="save_filter"),
    path("inbox/saved/<int:pk>/remove", inbox.forget_filter, name="forget_filter"),
    path("bulk", bulk.bulk, name="bulk"),
    path("case/<str:number>/", case.case, name="case"),
    path("case/<str:number>/do/<slug:action>", case.act, name="act"),
    path("case/<str:number>/photo/<str:digest>", case.photo, name="photo"),
    path("case/<str:number>/file/<str:digest>", case.file, name="file"),
    path("case/<str:number>/personal", case.open_personal_data, name="open_personal_data"),
    path("case/<str:number>/place.geojson", finding.place_of, name="place_of"),
    path("case/<str:number>/opinion", case.second_opinion, name="second_opinion"),
    path("case/<str:number>/advice", case.answer_advice, name="answer_advice"),
    path("case/<str:number>/slip", newcase.slip, name="slip"),
    path("new", newcase.new, name="new"),
    path("new/proposed", newcase.proposed, name="proposed"),
    path("new/questions", newcase.questions, name="questions"),
    path("search", finding.find, name="search"),
    path("map", finding.on_map, name="map"),
    path("map/pins.geojson", finding.pins, name="pins"),
    path("notices", notices.notices, name="notices"),
    path("notices/read", notices.mark_read, name="mark_read"),
    path("export", export.ask, name="ask_export"),
    path("export/<int:pk>", export.progress, name="export"),
    path("export/<int:pk>/again", export.again, name="export_again"),
    path("export/<int:pk>/file", export.download, name="export_file"),
    *building_pages,
    *clock_pages,
    *document_pages,
    *enterprise_import_pages,
    *enterprise_pages,
    *field_pages,
    *indicator_pages,
    *lead_pages,
    *list_pages,
    *policy_pages,
    *room_pages,
    *talent_pages,
    *topic_pages,
    *circle_pages,
    *event_pages,
    *facility_pages,
    *goal_pages,
    *home_pages,
    *project_pages,
    *proposal_pages,
    *roll_pages,
    *team_pages,
    *visit_pages,
]
