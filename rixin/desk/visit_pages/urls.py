from django.urls import path

from rixin.desk.visit_pages import views, warning_views

urlpatterns = [
    path("visits", views.index, name="visits"),
    path("visits/coverage.<slug:form>", views.table, name="visits_table"),
    path("visits/enterprises", views.enterprises, name="visited"),
    path("visits/enterprises.<slug:form>", views.enterprises_table, name="visited_table"),
    path("visits/officers", views.assign, name="assign"),
    path("warnings", warning_views.index, name="warnings"),
    path("warnings/<int:pk>/plan", warning_views.plan, name="plan_visit"),
    path("warnings/<int:pk>/drop", warning_views.drop, name="drop_visit"),
    path("warnings/<int:pk>/looked/<slug:code>", warning_views.look, name="looked"),
]
