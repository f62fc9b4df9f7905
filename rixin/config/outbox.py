"""Answers to what a phone sends from its outbox (frontend/src/outbox.ts).

A script cannot see where a redirect leads without following it, and following it would use up the messages that the
next page shows. So a redirect becomes a small JSON answer. Refusals (409, 422, 429 …) pass as they are.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import resolve_url

from rixin.config.language import Answer


def redirects_told(answer: Answer, sign_in: str = "people:sign_in") -> Answer:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if "X-Outbox" not in request.headers or response.status_code not in {301, 302, 303}:
            return response
        location = response.headers["Location"]
        signed_out = urlsplit(location).path == urlsplit(resolve_url(sign_in)).path
        told = JsonResponse({"location": location, "signed_out": signed_out})
        told.cookies.update(response.cookies)
        return told

    return middleware
