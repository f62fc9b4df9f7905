from typing import Any

from django.urls import URLPattern, re_path

from rixin.channels.open311 import views

_FORMAT = r"\.(?P<format>json|xml)$"


def _calls(prefix: str, name: str, **more: Any) -> list[URLPattern]:
    return [
        re_path(rf"^{prefix}/services{_FORMAT}", views.service_list, more, name=f"{name}_services"),
        re_path(
            rf"^{prefix}/services/(?P<code>[^/]+){_FORMAT}", views.service_definition, more, name=f"{name}_service"
        ),
        re_path(rf"^{prefix}/requests{_FORMAT}", views.requests, more, name=f"{name}_requests"),
        re_path(rf"^{prefix}/requests/(?P<number>[^/]+){_FORMAT}", views.request_of, more, name=f"{name}_request"),
        re_path(rf"^{prefix}/tokens/(?P<token>[^/]+){_FORMAT}", views.token, more, name=f"{name}_token"),
        re_path(
            rf"^{prefix}/servicerequestupdates{_FORMAT}", views.service_request_updates, more, name=f"{name}_updates"
        ),
    ]


urlpatterns = [
    re_path(rf"^open311/discovery{_FORMAT}", views.discovery, name="open311_discovery"),
    *_calls("open311/v2", "open311"),
    *_calls("open311/test/v2", "open311_test", test=True),
]
