"""From which address somebody comes, which decides whose wrong passwords and whose postings are counted together."""

import pytest

from rixin.client_address import client_address

PEER, PROXY, CLIENT, INVENTED = "203.0.113.9", "10.0.0.2", "198.51.100.7", "192.0.2.66"


@pytest.mark.parametrize(
    ("proxies", "told", "believed"),
    [
        (0, "", PEER),
        (0, INVENTED, PEER),
        (1, CLIENT, CLIENT),
        (1, f"{INVENTED}, {CLIENT}", CLIENT),
        (2, f"{INVENTED}, {CLIENT}, {PROXY}", CLIENT),
        (2, CLIENT, CLIENT),
        (1, "", PEER),
        (1, "not an address", PEER),
        (1, "2001:db8::7", "2001:db8::7"),
    ],
)
def test_only_as_many_proxies_are_believed_as_are_trusted(rf, settings, proxies, told, believed):
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": told} if told else {}

    assert client_address(rf.get("/", headers=headers, REMOTE_ADDR=PEER)) == believed
