from django.urls import path

from rixin.desk.enterprise_pages import linking
from rixin.desk.record_pages import daily, exports, gaps, imports, views, waiting

app_name = "records"
urlpatterns = [
    path("", views.index, name="index"),
    path("to-confirm", waiting.to_confirm, name="to_confirm"),
    path("due", waiting.due, name="due"),
    path("daily", daily.enter, name="daily"),
    path("gaps", gaps.gaps, name="gaps"),
    path("<int:pk>", views.record, name="record"),
    path("<int:pk>/correct", views.correct, name="correct"),
    path("<int:pk>/confirm", views.confirm, name="confirm"),
    path("<int:pk>/withdraw", views.withdraw, name="withdraw"),
    path("<int:pk>/enterprise", linking.of_record, name="link_enterprise"),
    path("of/<slug:kind>", views.of_type, name="of_type"),
    path("of/<slug:kind>/new", views.new, name="new"),
    path("of/<slug:kind>/export", exports.export, name="export"),
    path("of/<slug:kind>/table.xlsx", imports.empty_table, name="empty_table"),
    path("of/<slug:kind>/import", imports.bring, name="bring"),
    path("imports/<int:pk>", imports.show, name="import"),
    path("imports/<int:pk>/columns", imports.choose, name="choose_columns"),
    path("imports/<int:pk>/run", imports.run, name="run_import"),
    path("imports/<int:pk>/discard", imports.discard, name="discard_import"),
    path("imports/<int:pk>/undo", imports.undo, name="undo_import"),
    path("imports/<int:pk>/to-mend.xlsx", imports.to_mend, name="to_mend"),
]
