"""Pages of nothing but behaviours, for test_behaviours.py: the site's own addresses and a few more."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template import engines
from django.urls import path

from rixin.config.urls import handler400, handler403, handler404, handler500  # noqa: F401
from rixin.config.urls import urlpatterns as site

received: list[dict[str, object]] = []
REPORT = """{% extends "field_base.html" %}{% load house %}{% block content %}
<form method="post" enctype="multipart/form-data" data-outbox="Report" data-draft="bench" action="/desk/field/bench">
{% csrf_token %}{% once_key %}{% if refused %}<ul class="errorlist"><li>Too short</li></ul>{% endif %}
<label>Text <textarea name="text" data-outbox-title>{{ text }}</textarea></label>
<input type="file" name="photos" accept="image/*" multiple data-shrink data-max="2">
<button class="button primary">Send</button></form>{% endblock %}"""
MAP = """{% extends "desk_base.html" %}{% block content %}
<label>Lat <input id="lat"></label><label>Lng <input id="lng"></label>
{% include "map.html" with areas="/bench/areas" pins="/bench/pins" lat="lat" lng="lng" label="Where" %}{% endblock %}"""
GRAPH = """{% extends "desk_base.html" %}{% load django_vite %}{% block head %}
{% vite_asset 'src/lifecycle.ts' nonce=CSP_NONCE %}{% endblock %}{% block content %}
<figure class="graph" data-graph><script type="application/graphviz">digraph { a -> b }</script>
<figcaption>From a to b</figcaption></figure>{% endblock %}"""
SQUARE = [[120.10, 30.27], [120.12, 30.27], [120.12, 30.29], [120.10, 30.29], [120.10, 30.27]]


def _page(request: HttpRequest, source: str, status: int = 200, **context: object) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(source).render(context, request), status=status)


def report(request: HttpRequest) -> HttpResponse:
    """Takes what has at least five characters; keeps what it took in `received`."""
    if request.method != "POST":
        return _page(request, REPORT)
    text = request.POST["text"]
    if len(text) < 5:
        return _page(request, REPORT, 422, text=text, refused=True)
    sizes = [photo.size for photo in request.FILES.getlist("photos")]
    heads = [photo.read(3) for photo in request.FILES.getlist("photos")]
    received.append({"text": text, "once": request.POST["once"], "sizes": sizes, "heads": heads})
    return HttpResponseRedirect("/bench/done")


def geo(geometry: dict[str, object], **properties: object) -> JsonResponse:
    feature = {"type": "Feature", "geometry": geometry, "properties": properties}
    return JsonResponse({"type": "FeatureCollection", "features": [feature]})


urlpatterns = [
    path("desk/field/bench", report),
    path(
        "bench/done",
        lambda request: _page(request, '{% extends "field_base.html" %}{% block content %}Thanks{% endblock %}'),
    ),
    path("bench/map", lambda request: _page(request, MAP)),
    path("bench/graph", lambda request: _page(request, GRAPH)),
    path("bench/areas", lambda request: geo({"type": "Polygon", "coordinates": [SQUARE]}, name="竞舟社区")),
    path(
        "bench/pins",
        lambda request: geo({"type": "Point", "coordinates": [120.11, 30.28]}, title="路灯", href="/desk/"),
    ),
    *site,
]
