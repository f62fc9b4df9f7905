from django.urls import path

from rixin.desk.clock_pages import views

urlpatterns = [
    path("clocks", views.mine, name="clocks"),
    path("clocks/calendar", views.calendar, name="clock_calendar"),
    path("clocks/missed", views.missed, name="missed_clocks"),
    path("clocks/missed.xlsx", views.missed_table, name="missed_table"),
    path("clocks/feed", views.feed_address, name="clock_feed_address"),
    path("clocks/feed/<slug:key>.ics", views.feed, name="clock_feed"),
    path("case/<str:number>/clocks/<slug:clock>/explain", views.explain, name="explain_clock"),
]
