"""Industries of GB/T 4754 as the published definitions have them, and as people write them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.register_schema import Division, Section
from rixin.places.wording import plain


@dataclass(frozen=True)
class Industry:
    """A section, and a division of it where it is known so finely."""

    section: Section
    division: Division | None = None

    @property
    def code(self) -> str:
        """As I65, or I."""
        return self.section.code + (self.division.code if self.division else "")

    @property
    def name(self) -> str:
        """In the reader's language."""
        return self.division.name.here() if self.division else self.section.name.here()


class UnknownIndustry(ValueError):
    """No industry of this name or code. `message` is for who wrote it."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


def sections() -> list[Section]:
    """In the order of their letters."""
    return sorted(versions.work().industries.values(), key=lambda section: section.code)


def industry(section: str, division: str) -> Industry | None:
    """By codes as they are kept; None for none, or for one that is defined no more."""
    known = versions.work().industries.get(section)
    if known is None:
        return None
    return Industry(known, next((one for one in known.divisions if one.code == division), None))


def read_industry(written: str) -> Industry | None:
    """From a code (I, 65, I65, I6510) or a name, in either language. None for nothing. Raises UnknownIndustry."""
    asked = plain(written).strip()
    if not asked:
        return None
    exact = [one for one in _all() if asked in _names(one)]
    if exact:
        return exact[0]
    letters, digits = asked[:1].upper(), "".join(sign for sign in asked if sign.isdigit())
    by_code = [one for one in _all() if one.division and len(digits) >= 2 and one.division.code == digits[:2]]
    if by_code and asked.replace(digits, "", 1).upper() in ("", by_code[0].section.code):
        return by_code[0]
    alike = [one for one in _all() if one.division and asked in plain(one.division.name.zh)] if len(asked) > 1 else []
    if len(alike) == 1:
        return alike[0]
    if len(asked) == 1 and (section := versions.work().industries.get(letters)):
        return Industry(section)
    raise UnknownIndustry(_not_known(written, alike))


def _not_known(written: str, alike: list[Industry]) -> str:
    if alike:
        names = _(", ").join(f"{one.code} {one.name}" for one in alike[:5])
        return _("“{name}” may mean several industries: {names}. Write the code.").format(name=written, names=names)
    return _("“{name}” is no industry of GB/T 4754. Write a code such as I65, or its name.").format(name=written)


def _all() -> Iterator[Industry]:
    """Divisions before sections: a division of the same name is meant."""
    for section in sections():
        yield from (Industry(section, division) for division in section.divisions)
    yield from (Industry(section) for section in sections())


def _names(one: Industry) -> set[str]:
    name = one.division.name if one.division else one.section.name
    return {plain(one.code), plain(name.zh), plain(name.en)}
