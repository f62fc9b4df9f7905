from django.urls import path

from rixin.desk.enterprise_pages import entering, linking, listing, names, views

urlpatterns = [
    path("enterprises", listing.enterprises, name="enterprises"),
    path("enterprises/table.xlsx", listing.export, name="export_enterprises"),
    path("enterprises/new", entering.new, name="new_enterprise"),
    path("enterprises/names", names.enterprise_names, name="enterprise_names"),
    path("enterprises/<int:pk>/", views.enterprise, name="enterprise"),
    path("enterprises/<int:pk>/do/<slug:action>", views.act, name="act_on_enterprise"),
    path("enterprises/<int:pk>/contact", views.open_contact, name="enterprise_contact"),
    path("case/<str:number>/enterprise", linking.of_case, name="link_enterprise"),
]
