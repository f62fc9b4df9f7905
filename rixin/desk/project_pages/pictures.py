"""The photos and files that show steps, to those who see the project."""

from django.http import FileResponse, Http404, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rixin.cases import files, photos
from rixin.desk.project_pages.finding import evidence_of, seen_project
from rixin.desk.views.common import case_staff
from rixin.people.staff import StaffRequest


@case_staff
@require_GET
def photo(request: StaffRequest, pk: int, evidence: int) -> HttpResponseBase:
    """`?thumb=1`: small."""
    found = evidence_of(seen_project(request.staff, pk), evidence)
    path = photos.path_of(found.digest, thumb=bool(request.GET.get("thumb")))
    if not found.is_photo or not path.exists():
        raise Http404(_("There is no such photo."))
    response = FileResponse(path.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=3600"
    return response


@case_staff
@require_GET
def file(request: StaffRequest, pk: int, evidence: int) -> HttpResponseBase:
    """To be saved, never shown in a page of ours."""
    found = evidence_of(seen_project(request.staff, pk), evidence)
    path = files.path_of(found.digest)
    if found.is_photo or not path.exists():
        raise Http404(_("There is no such file."))
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=found.name, content_type="application/octet-stream"
    )
    response["Cache-Control"] = "private, no-store"
    return response
