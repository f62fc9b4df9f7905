from django.urls import path

from rixin.desk.event_pages import acts, bringing, roll, views

urlpatterns = [
    path("events", views.index, name="events"),
    path("events/calendar", views.calendar, name="event_calendar"),
    path("events/export.xlsx", views.export, name="event_export"),
    path("events/import", bringing.bring, name="event_imports"),
    path("events/import/table.xlsx", bringing.empty_table, name="event_import_table"),
    path("events/import/<int:pk>", bringing.one, name="event_import"),
    path("events/new/<slug:kind>", acts.new, name="event_new"),
    path("events/<int:pk>", views.event, name="event"),
    path("events/<int:pk>/correct", acts.correct, name="event_correct"),
    path("events/<int:pk>/cancel", acts.cancel, name="event_cancel"),
    path("events/<int:pk>/held", acts.hold, name="event_hold"),
    path("events/<int:pk>/session/<int:session>", acts.attend, name="event_attend"),
    path("events/<int:pk>/employers", acts.employers, name="event_employers"),
    path("events/<int:pk>/employers/<int:employer>/remove", acts.remove_employer, name="event_remove_employer"),
    path("events/<int:pk>/pictures/<int:picture>/remove", acts.remove_picture, name="event_remove_picture"),
    path("events/<int:pk>/pictures/<slug:digest>", views.picture, name="event_picture"),
    path("events/<int:pk>/pictures/<slug:digest>/small", views.picture, {"thumb": True}, name="event_picture_small"),
    path("events/<int:pk>/roll", roll.roll, name="event_roll"),
    path("events/<int:pk>/roll/add", roll.add, name="event_roll_add"),
    path("events/<int:pk>/roll/came", roll.mark, name="event_roll_mark"),
    path("events/<int:pk>/roll/<int:sign_up>/off", roll.sign_off, name="event_sign_off"),
    path("events/<int:pk>/roll/<int:sign_up>/open", roll.open_guest, name="event_open_guest"),
    path("events/<int:pk>/sheet", roll.sheet, name="event_sheet"),
]
