"""What the demo's economy is to be, as `year.yaml` says it. Checked when it is read."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from rixin.catalogue.yamlfile import parsed
from rixin.demo.work.plan import Strict


class Arrivals(Strict):
    moved_in: int
    new: int


class Gone(Strict):
    moved_out: int
    closed: int


class Elsewhere(Strict):
    """Shares of those registered here that work elsewhere: of the ones known before, and of those that come."""

    known: float
    came: float


class Cultural(Strict):
    tenants: int
    buildings: list[str]


class ByWords(Strict):
    words: list[str]
    code: str


class Named(Strict):
    name: str
    since: date
    came: str = ""
    building: str
    industry: str
    group: str = ""


class Trait(Strict):
    enterprise: str
    trait: str
    value: str
    from_: date
    until: date | None = None


class Landing(Strict):
    """A lead that landed: `wan` in ten thousand yuan."""

    day: date
    name: str
    wan: Decimal
    industry: str


class Year(Strict):
    """By year or building where it is a mapping. Taxes in ten thousand yuan."""

    arrivals: dict[int, Arrivals]
    gone: dict[int, Gone]
    elsewhere: Elsewhere
    cultural: Cultural
    occupied: dict[str, float]
    taxes: dict[int, dict[str, Decimal]]
    quarters: list[Decimal]
    industries: list[ByWords]
    named: list[Named]
    traits: list[Trait]
    high_tech: dict[int, int]
    listed_for_service: dict[str, int]
    landed: list[Landing]

    def industry_of(self, name: str) -> str:
        """A code such as I65, from what the name says."""
        fits = (one.code for one in self.industries if not one.words or any(word in name for word in one.words))
        return next(fits)


@lru_cache(maxsize=1)
def year() -> Year:
    said = parsed((files("rixin.demo.economy") / "year.yaml").read_text(encoding="utf-8"))
    for trait in said["traits"]:
        trait["from_"] = trait.pop("from")
    return Year.model_validate(said)
