from django.urls import path

from rixin.desk.team_pages import hours, views, volunteering

urlpatterns = [
    path("teams", views.index, name="teams"),
    path("teams/new/<slug:kind>", views.new, name="team_new"),
    path("teams/<int:pk>", views.team, name="team"),
    path("teams/<int:pk>/correct", views.correct, name="team_correct"),
    path("teams/<int:pk>/count", views.count, name="team_count"),
    path("teams/<int:pk>/end", views.end, name="team_end"),
    path("teams/<int:pk>/leader", views.open_leader, name="team_leader"),
    path("volunteers", volunteering.index, name="volunteers"),
    path("volunteers/new", volunteering.new, name="volunteer_new"),
    path("volunteers/<int:pk>", volunteering.volunteer, name="volunteer"),
    path("volunteers/<int:pk>/admit", volunteering.admit, name="volunteer_admit"),
    path("volunteers/<int:pk>/leave", volunteering.leave, name="volunteer_leave"),
    path("volunteers/<int:pk>/open", volunteering.open_volunteer, name="volunteer_open"),
    path("volunteers/<int:pk>/thanks", volunteering.thanks, name="volunteer_thanks"),
    path("hours", hours.hours, name="hours_list"),
    path("hours/new", hours.new_hours, name="hours_new"),
    path("hours/<int:pk>", hours.one_hours, name="hours"),
]
