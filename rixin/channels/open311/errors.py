"""What goes wrong with a call, as GeoReport v2 tells it: a status, and one or more codes with a description."""

from collections.abc import Sequence


class CallRefused(Exception):
    """`faults`: (code, description) of each. Codes may be finer than the status: 400 and a number of our own."""

    def __init__(self, status: int, *faults: tuple[str, str], retry_after: int = 0) -> None:
        self.status, self.faults, self.retry_after = status, faults, retry_after
        super().__init__("; ".join(description for _code, description in faults))


def bad(descriptions: Sequence[str]) -> CallRefused:
    return CallRefused(400, *(("400", description) for description in descriptions))


def unknown(description: str) -> CallRefused:
    return CallRefused(404, ("404", description))


def forbidden(description: str) -> CallRefused:
    return CallRefused(403, ("403", description))
