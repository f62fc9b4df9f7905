from django.urls import path

from rixin.desk.room_pages import views

urlpatterns = [
    path("rooms", views.week_of_rooms, name="rooms"),
    path("case/<str:number>/rooms", views.book, name="book_room"),
    path("case/<str:number>/rooms/<int:pk>/free", views.free, name="free_room"),
]
