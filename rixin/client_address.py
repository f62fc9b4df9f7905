"""From which address a request really comes."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's IP address, believing as many proxies in X-Forwarded-For as TRUSTED_PROXIES says and no more.

    Each proxy appends the peer that it saw, so the entry that the outermost trusted proxy wrote counts from the end;
    what stands before it was sent by the client and may be invented.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if not settings.TRUSTED_PROXIES or not seen:
        return peer
    told = seen[-min(settings.TRUSTED_PROXIES, len(seen))]
    try:
        return str(ip_address(told))
    except ValueError:
        return peer
