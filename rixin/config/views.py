"""The few pages of the house itself: language, looks, the service worker."""

from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from rixin.config import appearance

BUILD = Path(settings.FRONT_END_BUILD)


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """Back to where the person was, but never to another site."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(wanted if safe else "/")


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=appearance.KEEP_SECONDS, secure=settings.SECURE_COOKIES, httponly=True, samesite="Lax"
    )


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    response = _back(request)
    if (language := request.POST.get("language", "")) in dict(settings.LANGUAGES):
        _remember(response, settings.LANGUAGE_COOKIE_NAME, language)
    return response


@require_POST
def set_appearance(request: HttpRequest) -> HttpResponse:
    response = _back(request)
    for name, known in appearance.CHOICES.items():
        if (value := request.POST.get(name, "")) in known:
            _remember(response, name, value)
    return response


@require_GET
@cache_control(no_store=True)
def health(request: HttpRequest) -> JsonResponse:
    """200 {"database": "ok"} while the database answers, else 503: for a load balancer or a container."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "no answer"}, status=503)
    return JsonResponse({"database": "ok"})


@require_GET
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> FileResponse:
    """The service worker, at the root so that it may serve every page, whatever name the build gave its file."""
    response = FileResponse((BUILD / "worker.js").open("rb"), content_type="text/javascript")
    response["Service-Worker-Allowed"] = "/"
    return response


@require_GET
@cache_control(private=True, max_age=3600)
def web_manifest(request: HttpRequest) -> JsonResponse:
    """Lets staff put the phone pages on their home screen."""
    return JsonResponse(
        {
            "name": _("Rixin"),
            "short_name": _("Rixin"),
            "lang": request.LANGUAGE_CODE,
            "start_url": "/desk/",
            "display": "standalone",
            "background_color": "#eef2f3",
            "theme_color": "#0b4a56",
            "icons": [{"src": static("favicon.svg"), "sizes": "any", "type": "image/svg+xml"}],
        },
        content_type="application/manifest+json",
    )
