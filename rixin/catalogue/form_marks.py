"""What stands in the cells of a form: words, figures, records, blanks to fill in. Pure.

{metric}                       a figure: a number where it stands alone, with its unit among words
{metric:number}                without its unit; {metric:change} of a growth (“up by 1.2%”)
{metric:numerator}             and {metric:denominator} of a rate
{metric@last}                  of the year before; @before of the period before, @so_far of the year up to the end of
                               the period, @last_so_far of the year before up to there
{metric in wan_yuan}           in another unit of the same kind
{year} {month} {area} …        about the form itself; {date} and {by}: when and by whom it is filled
{for area}                     the row is repeated for each area; {for month} and {for quarter} likewise
{for month across}             the column is
{nth}                          counts the rows that are repeated
{list drill: day}              a row for each record, its fields from this cell to the right
{list drill of epidemic_drills: …}  those behind a figure
{ask: label}                   typed by hand; {ask number: label}; {ask? …} may stay empty
"""

import re
from dataclasses import dataclass
from typing import Literal, get_args

from rixin.catalogue.report_text import PARAMETERS, Words

When = Literal["", "last", "before", "so_far", "last_so_far"]
Form = Literal["", "number", "change", "numerator", "denominator"]
Over = Literal["area", "month", "quarter"]
ABOUT = PARAMETERS | {"date", "by", "nth"}
"""What a cell may name beside figures."""
LISTED = ("nth", "day", "area", "unit", "place")
"""What every record has, beside the fields of its type."""
_CODE = r"[a-z][a-z0-9_-]*"
_MARK = re.compile(r"\{([^{}]*)\}")
_FIGURE = re.compile(
    rf"^(?P<code>{_CODE})(?:@(?P<when>last|before|so_far|last_so_far))?"
    rf"(?::(?P<form>number|change|numerator|denominator))?(?: +in +(?P<unit>{_CODE}))?$"
)
_LOOP = re.compile(r"^for +(?P<over>area|month|quarter)(?P<across> +across)?$")
_LIST = re.compile(rf"^list +(?P<type>{_CODE})(?: +of +(?P<of>{_CODE}))? *: *(?P<fields>{_CODE}(?: *, *{_CODE})*)$")
_BLANK = re.compile(r"^ask(?P<free>\?)?(?P<number> +number)? *: *(?P<label>\S(?:.*\S)?)$", re.DOTALL)


@dataclass(frozen=True)
class FigureMark:
    code: str
    when: When = ""
    form: Form = ""
    unit: str = ""

    def __str__(self) -> str:
        when, form, unit = (
            before + said if said else "" for before, said in (("@", self.when), (":", self.form), (" in ", self.unit))
        )
        return f"{{{self.code}{when}{form}{unit}}}"


@dataclass(frozen=True)
class About:
    """Something about the form itself, or about the row that is repeated."""

    name: str

    def __str__(self) -> str:
        return f"{{{self.name}}}"


@dataclass(frozen=True)
class Loop:
    """The row, or with `across` the column, is repeated."""

    over: Over
    across: bool = False

    def __str__(self) -> str:
        return f"{{for {self.over}{' across' if self.across else ''}}}"


@dataclass(frozen=True)
class Listing:
    """A row for each record of a type, or of those behind the figure `of`."""

    type: str
    of: str
    fields: tuple[str, ...]

    def __str__(self) -> str:
        return f"{{list {self.type}{f' of {self.of}' if self.of else ''}: {', '.join(self.fields)}}}"


@dataclass(frozen=True)
class Blank:
    """Typed by hand: it has no source but whoever typed it."""

    label: str
    number: bool = False
    needed: bool = True

    def __str__(self) -> str:
        return f"{{ask{'' if self.needed else '?'}{' number' if self.number else ''}: {self.label}}}"


Run = Words | FigureMark | About
SlipKind = Literal["mark", "brace", "loop", "list", "ask", "loops", "alone"]


@dataclass(frozen=True)
class Slip:
    kind: SlipKind
    text: str


@dataclass(frozen=True)
class CellText:
    """What one cell says. A listing and a blank stand alone in it."""

    runs: tuple[Run, ...] = ()
    loop: Loop | None = None
    listing: Listing | None = None
    blank: Blank | None = None
    slips: tuple[Slip, ...] = ()

    @property
    def figures(self) -> tuple[FigureMark, ...]:
        return tuple(run for run in self.runs if isinstance(run, FigureMark))

    @property
    def about(self) -> tuple[About, ...]:
        return tuple(run for run in self.runs if isinstance(run, About))

    @property
    def number(self) -> FigureMark | None:
        """The figure that stands alone in the cell and is a number there."""
        if len(self.runs) == 1 and isinstance(self.runs[0], FigureMark) and self.runs[0].form != "change":
            return self.runs[0]
        return None

    @property
    def marked(self) -> bool:
        return bool(self.figures or self.about or self.loop or self.listing or self.blank)

    def __str__(self) -> str:
        said = "".join(run.text if isinstance(run, Words) else str(run) for run in self.runs)
        return "".join(str(part) for part in (self.loop, self.listing, self.blank) if part) + said


def parse(text: str) -> CellText:
    """What a cell with this text says. Blanks around a cell's marks mean nothing."""
    found = _Reading()
    at = 0
    for match in _MARK.finditer(text):
        found.words(text[at : match.start()])
        found.mark(match[1].strip(), match[0])
        at = match.end()
    found.words(text[at:])
    return found.cell()


class _Reading:
    """What was read of one cell so far."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._loops: list[Loop] = []
        self._listings: list[Listing] = []
        self._blanks: list[Blank] = []
        self._slips: list[Slip] = []

    def words(self, text: str) -> None:
        if "{" in text or "}" in text:
            self._slips.append(Slip("brace", text))
        elif text:
            self._runs.append(Words(text))

    def mark(self, said: str, written: str) -> None:
        if loop := _LOOP.match(said):
            self._loops.append(Loop(_OVER[loop["over"]], bool(loop["across"])))
        elif listing := _LIST.match(said):
            fields = tuple(field.strip() for field in listing["fields"].split(","))
            self._listings.append(Listing(listing["type"], listing["of"] or "", fields))
        elif blank := _BLANK.match(said):
            self._blanks.append(Blank(blank["label"], bool(blank["number"]), not blank["free"]))
        elif said in ABOUT:
            self._runs.append(About(said))
        elif (figure := _FIGURE.match(said)) and figure["code"] not in _SLIPS:
            when, form = _WHEN[figure["when"] or ""], _FORMS[figure["form"] or ""]
            self._runs.append(FigureMark(figure["code"], when, form, figure["unit"] or ""))
        else:
            first = re.split(r"[\s:?]", said, maxsplit=1)[0]
            self._slips.append(Slip(_SLIPS.get(first, "mark"), written))

    def cell(self) -> CellText:
        runs = self._trimmed()
        alone = [*self._listings, *self._blanks]
        if len(self._loops) > 1:
            self._slips.append(Slip("loops", str(self._loops[1])))
        if len(alone) > 1 or (alone and (runs or self._loops)):
            self._slips.append(Slip("alone", str(alone[0])))
        return CellText(
            runs,
            self._loops[0] if self._loops else None,
            self._listings[0] if self._listings else None,
            self._blanks[0] if self._blanks else None,
            tuple(self._slips),
        )

    def _trimmed(self) -> tuple[Run, ...]:
        """Without the blanks at both ends of a cell that has marks: they would make words of a number."""
        runs = list(self._runs)
        if len(runs) > 1 or self._loops or self._listings or self._blanks:
            for end in (0, -1):
                while runs and isinstance(words := runs[end], Words) and not words.text.strip():
                    del runs[end]
        return tuple(runs)


_OVER: dict[str, Over] = {over: over for over in get_args(Over)}
_WHEN: dict[str, When] = {when: when for when in get_args(When)}
_FORMS: dict[str, Form] = {form: form for form in get_args(Form)}
_SLIPS: dict[str, SlipKind] = {"for": "loop", "list": "list", "ask": "ask"}
"""Words with which a mark that cannot be read begins, and which kind of slip it is."""
