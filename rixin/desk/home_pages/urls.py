from django.urls import path

from rixin.desk.home_pages import keeping, views

urlpatterns = [
    path("homes", views.index, name="homes"),
    path("homes/import", keeping.bring, name="import_homes"),
    path("homes/dwelling/<int:pk>", keeping.correct, name="dwelling"),
    path("homes/<slug:code>", views.building, name="home"),
    path("homes/<slug:code>/enter", keeping.enter, name="enter_dwellings"),
    path("homes/<slug:code>/end", keeping.end, name="end_dwellings"),
    path("homes/<slug:code>/count", keeping.count, name="count_heads"),
]
