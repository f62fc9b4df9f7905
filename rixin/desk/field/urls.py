from django.urls import path

from rixin.desk.field import events, services, views, visits, work

# The service worker keeps what lies under this address (frontend/src/worker.ts).
urlpatterns = [
    path("field/", views.home, name="field_home"),
    path("field/map", views.on_map, name="field_map"),
    path("field/pins.geojson", views.pins, name="field_pins"),
    path("field/report", views.report, name="field_report"),
    path("field/report/proposed", views.proposed, name="field_proposed"),
    path("field/work", work.mine, name="field_work"),
    path("field/work/<slug:kind>", work.write_down, name="field_record"),
    path("field/work/<slug:kind>/check/<slug:code>", work.check, name="field_check"),
    path("field/events", events.due, name="field_events"),
    path("field/events/<int:pk>", events.write_down, name="field_event"),
    path("field/visits", visits.mine, name="field_visits"),
    path("field/visits/<int:pk>", visits.visit, name="field_visit"),
    path("field/services", services.mine, name="field_services"),
    path("field/services/<int:pk>", services.person, name="field_service"),
    path("field/services/<int:pk>/open", services.open_person, name="field_service_open"),
    path("field/task/<str:number>/", views.task, name="field_task"),
    path("field/task/<str:number>/do/<slug:action>", views.act, name="field_act"),
]
