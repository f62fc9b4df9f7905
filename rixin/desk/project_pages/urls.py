from django.urls import path

from rixin.desk.project_pages import acts, opening, overview, pictures

urlpatterns = [
    path("projects", overview.index, name="projects"),
    path("projects/gantt", overview.along_time, name="project_gantt"),
    path("projects/map", overview.on_map, name="project_map"),
    path("projects/pins.geojson", overview.pins, name="project_pins"),
    path("projects/table", overview.table, name="project_table"),
    path("projects/new", opening.choose, name="new_project"),
    path("projects/new/<slug:kind>", opening.new, name="open_project"),
    path("projects/<int:pk>", acts.project, name="project"),
    path("projects/<int:pk>/pin.geojson", overview.pin, name="project_pin"),
    path("projects/<int:pk>/do/<slug:action>", acts.act, name="project_act"),
    path("projects/<int:pk>/photo/<int:evidence>", pictures.photo, name="project_photo"),
    path("projects/<int:pk>/file/<int:evidence>", pictures.file, name="project_file"),
]
