from django.urls import path

from rixin.desk.document_pages import views

urlpatterns = [
    path("case/<str:number>/documents/new/<slug:code>", views.new, name="new_document"),
    path("case/<str:number>/documents/<int:pk>/", views.show, name="document"),
    path("case/<str:number>/documents/<int:pk>/file.<str:kind>", views.file, name="document_file"),
    path("case/<str:number>/documents/<int:pk>/serve", views.serve, name="serve_document"),
    path("case/<str:number>/documents/<int:pk>/void", views.void, name="void_document"),
]
