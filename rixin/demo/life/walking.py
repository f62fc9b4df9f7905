"""The walks of the demonstration: computed from its facilities and dwellings, once both are there."""

from datetime import datetime

from rixin.walking import bringing, settling


def settle(now: datetime) -> None:
    bringing.load_bundled(now)
    settling.settle(now)
