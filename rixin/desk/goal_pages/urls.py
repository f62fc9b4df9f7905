from django.urls import path

from rixin.desk.goal_pages import views

urlpatterns = [
    path("goals", views.index, name="goals"),
    path("goals/table.xlsx", views.table, name="goals_table"),
    path("goals/meeting", views.meeting, name="goals_meeting"),
    path("goals/<slug:code>", views.goal, name="goal"),
    path("goals/<slug:code>/review", views.review, name="goal_review"),
    path("goals/<slug:code>/remark", views.remark, name="goal_remark"),
]
