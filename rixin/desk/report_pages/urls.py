from django.urls import path

from rixin.desk.report_pages import history, reading, reviewing, writing

app_name = "reports"
urlpatterns = [
    path("", reading.index, name="index"),
    path("new", writing.new, name="new"),
    path("<int:pk>", reading.report, name="report"),
    path("<int:pk>/file.<slug:form>", reading.download, name="download"),
    path("<int:pk>/sealed/<int:nth>", reading.sealed_figure, name="sealed_figure"),
    path("<int:pk>/changes", reading.changed, name="changes"),
    path("<int:pk>/edit", writing.edit, name="edit"),
    path("<int:pk>/edit/preview", writing.preview, name="preview"),
    path("<int:pk>/edit/figures", writing.figures, name="figures"),
    path("<int:pk>/edit/problems", writing.problems, name="problems"),
    path("<int:pk>/submit", reviewing.submit, name="submit"),
    path("<int:pk>/send-back", reviewing.send_back, name="send_back"),
    path("<int:pk>/seal", reviewing.seal, name="seal"),
    path("<int:pk>/versions", history.versions, name="versions"),
    path("<int:pk>/versions/<int:number>", history.version, name="version"),
    path("<int:pk>/versions/<int:number>/restore", history.restore, name="restore"),
    path("<int:pk>/compare", history.compare, name="compare"),
]
