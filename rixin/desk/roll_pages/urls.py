from django.urls import path

from rixin.desk.roll_pages import entries, joining, views

urlpatterns = [
    path("rolls", views.index, name="rolls"),
    path("rolls/entry/<int:pk>", entries.entry, name="roll_entry"),
    path("rolls/entry/<int:pk>/open", entries.open_entry, name="open_roll_entry"),
    path("rolls/entry/<int:pk>/correct", entries.correct, name="correct_roll_entry"),
    path("rolls/entry/<int:pk>/slip", joining.slip, name="roll_slip"),
    path("rolls/entry/<int:pk>/do/<slug:action>", entries.act, name="roll_entry_action"),
    path("rolls/<slug:code>", views.roll, name="roll"),
    path("rolls/<slug:code>/join", joining.join, name="join_roll"),
]
