from django.urls import path

from rixin.desk.enterprise_import_pages import views

urlpatterns = [
    path("enterprises/imports", views.index, name="enterprise_imports"),
    path("enterprises/imports/table.xlsx", views.empty_table, name="enterprise_import_table"),
    path("enterprises/imports/<int:pk>", views.show, name="enterprise_import"),
    path("enterprises/imports/<int:pk>/columns", views.choose, name="enterprise_import_columns"),
    path("enterprises/imports/<int:pk>/rows", views.say, name="enterprise_import_rows"),
    path("enterprises/imports/<int:pk>/run", views.run, name="enterprise_import_run"),
    path("enterprises/imports/<int:pk>/discard", views.discard, name="enterprise_import_discard"),
    path("enterprises/imports/<int:pk>/undo", views.undo, name="enterprise_import_undo"),
    path("enterprises/imports/<int:pk>/result.xlsx", views.result, name="enterprise_import_result"),
]
