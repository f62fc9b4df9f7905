"""The log of opened personal data, to be read by those whose post is to watch. The house puts it behind its door."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rixin.privacy.forms import AskedForm
from rixin.privacy.opening import openings as find_openings

ROWS = 50


@require_safe
def openings(request: HttpRequest) -> HttpResponse:
    """For `rixin.config.urls`, which alone may say who enters: privacy knows no staff."""
    form = AskedForm(request.GET)
    page = Paginator(find_openings(form.asked), ROWS).get_page(request.GET.get("page"))
    return render(
        request,
        "privacy/openings.html",
        {"form": form, "page": page, "section": "openings"},
        status=200 if form.is_valid() else 422,
    )
