"""Which enterprise a row means, and what it changes there. Pure but for the language and the definitions."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from rixin.registers import returns, traits
from rixin.registers.imports.alike import Named, differs_much
from rixin.registers.imports.changes import Changes, NameAs, changes
from rixin.registers.imports.headings import CODE, NAME, STANDING, TRAITS
from rixin.registers.imports.known import Entry, Known
from rixin.registers.imports.ledger import Ledger
from rixin.registers.imports.outcomes import LEAVE_OUT, NEW, Doubt, Option, Outcome
from rixin.registers.imports.said import Said
from rixin.registers.journal import RegisterRefused
from rixin.registers.models import Standing
from rixin.registers.models.enterprises import PRESENT

RENAME = " rename"


@dataclass
class Judge:
    """`keeps`: whether the person may write in an area. `decided`: by row. `near`: by row who has nearly its name."""

    known: Known
    today: date
    keeps: Callable[[str], bool]
    decided: Mapping[int, str] = field(default_factory=dict)
    near: Mapping[int, Sequence[Named]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ledger = Ledger(dict(self.known.rooms), self.today)

    def judge(self, rows: Sequence[Outcome]) -> list[Outcome]:
        """`rows` as they were read: those with the kind “new” are judged."""
        judged = [self._outcome(row) if row.kind == "new" else row for row in self._doubles(self._joined(rows))]
        return list(self._once_each(judged))

    # ---- rows of one table that mean one enterprise

    def _joined(self, rows: Sequence[Outcome]) -> list[Outcome]:
        """A line that says the same as one above it belongs to it, with the rooms that it adds."""
        first: dict[str, int] = {}
        found = list(rows)
        for nth, row in enumerate(found):
            if row.kind != "new":
                continue
            key = row.said.code or row.said.plain_name
            at = first.setdefault(key, nth)
            if at != nth and found[at].said.without_rooms() == row.said.without_rooms():
                more = tuple(room for room in row.said.rooms if room not in found[at].said.rooms)
                found[at] = replace(found[at], said=replace(found[at].said, rooms=found[at].said.rooms + more))
                found[nth] = replace(row, kind="joined", to=found[at].row)
        return found

    def _doubles(self, rows: Sequence[Outcome]) -> Iterator[Outcome]:
        """Of two lines with one code, or with one name where no code tells them apart, a person keeps one."""
        by_code, by_name = defaultdict(list), defaultdict(list)
        for row in rows:
            if row.kind == "new":
                if row.said.code:
                    by_code[row.said.code].append(row.row)
                if row.said.code not in self.known.by_code:
                    by_name[row.said.plain_name].append(row.row)
        for row in rows:
            others = [other for other in by_code.get(row.said.code, []) if other != row.row]
            namesakes = [other for other in by_name.get(row.said.plain_name, []) if other != row.row]
            if row.kind == "new" and others:
                why = _("Row {rows} has the same credit code and says otherwise. Leave one of them out.")
                yield self._asking(row, why.format(rows=_listed(others)), [])
            elif row.kind == "new" and row.row in by_name.get(row.said.plain_name, []) and namesakes:
                why = _("Row {rows} has the same name. Leave one of them out, or say that they are two enterprises.")
                asked = self._asking(
                    row, why.format(rows=_listed(namesakes)), [Option(NEW, _("They are two enterprises"))]
                )
                yield row if self.decided.get(row.row) == NEW else asked
            else:
                yield row

    def _once_each(self, rows: Sequence[Outcome]) -> Iterator[Outcome]:
        """Lines of one enterprise under different names, which only the register tells: a person keeps one."""
        of_entry = defaultdict(list)
        for row in rows:
            if row.entry is not None and row.kind in ("changed", "same"):
                of_entry[row.entry.pk].append(row.row)
        for row in rows:
            mine = of_entry[row.entry.pk] if row.entry is not None else []
            others = [other for other in mine if other != row.row]
            if others and row.kind == "changed":
                why = _("Row {rows} means the same enterprise. Leave one of them out.").format(rows=_listed(others))
                yield self._asking(replace(row, changes=Changes()), why, [])
            else:
                yield row

    # ---- one row

    def _outcome(self, row: Outcome) -> Outcome:
        said = row.said
        by_code = self.known.by_code.get(said.code) if said.code else None
        if by_code is not None:
            return self._of_its_code(row, self.known.entries[by_code])
        ids = self.known.by_name.get(said.plain_name) or self.known.by_former.get(said.plain_name, set())
        entries = [self.known.entries[pk] for pk in sorted(ids)]
        own = [entry for entry in entries if not (said.code and entry.code)]
        if len(own) == 1 and self._says_no_other(row, own[0]):
            return self._known(row, own[0], "")
        if entries:
            return self._several(row, own or entries, other_code=not own)
        return self._unknown(row)

    def _says_no_other(self, row: Outcome, entry: Entry) -> bool:
        return self.decided.get(row.row, "") in ("", str(entry.pk))

    def _of_its_code(self, row: Outcome, entry: Entry) -> Outcome:
        name = row.said.plain_name
        if name == entry.plain_name or name in entry.former:
            return self._known(row, entry, "")
        if (decided := self._decided(row, [entry])) is not None:
            return decided
        if not self.keeps(entry.details["area_path"]):
            return self._known(row, entry, "")
        if differs_much(name, entry.plain_name):
            why = _("The register has quite another name for this code: {name}. Is the code right?")
        else:
            why = _("The register has another name for this code: {name}.")
        options = [
            Option(f"{entry.pk}{RENAME}", _("It was renamed: “{name}” is its name now").format(name=row.said.name)),
            Option(str(entry.pk), _("It is this one; its name stays, and it is found by the other one too")),
        ]
        return self._asking(replace(row, entry=entry), why.format(name=entry.name), options)

    def _several(self, row: Outcome, entries: Sequence[Entry], *, other_code: bool) -> Outcome:
        if (decided := self._decided(row, entries)) is not None:
            return decided
        if other_code:
            why = _("The register has this name with another credit code.")
        else:
            why = _("Several enterprises of the register have this name.")
        options = [
            Option(str(one.pk), _("It is {name}").format(name=" ".join(filter(None, (one.name, one.code)))))
            for one in entries
        ]
        return self._asking(row, why, [*options, Option(NEW, _("It is a new enterprise"))])

    def _unknown(self, row: Outcome) -> Outcome:
        near = self.near.get(row.row, ())
        entries = [self.known.entries[one.pk] for one in near if one.pk in self.known.entries]
        if (decided := self._decided(row, entries)) is not None:
            return decided
        if not near:
            return self._new(row)
        options = []
        for one in entries:
            said = " ".join(filter(None, (one.name, one.code)))
            options += [
                Option(str(one.pk), _("It is {name}, which is found by this name too").format(name=said)),
                Option(f"{one.pk}{RENAME}", _("It is {name}, and this is its name now").format(name=said)),
            ]
        why = _("The register has no such name, but one that is nearly the same.")
        return self._asking(row, why, [*options, Option(NEW, _("It is a new enterprise"))])

    def _decided(self, row: Outcome, entries: Sequence[Entry]) -> Outcome | None:
        """What the person's decision makes of the row; None where there is none that fits."""
        decided = self.decided.get(row.row, "")
        if decided == NEW and row.said.code not in self.known.by_code:
            return self._new(row)
        for entry in entries:
            known_so = row.said.plain_name == entry.plain_name or row.said.plain_name in entry.former
            if decided == str(entry.pk):
                return self._known(row, entry, "" if known_so else "former")
            if decided == f"{entry.pk}{RENAME}":
                return self._known(row, entry, "" if row.said.plain_name == entry.plain_name else "rename")
        return None

    def _asking(self, row: Outcome, why: str, options: Sequence[Option]) -> Outcome:
        return replace(row, kind="doubt", doubt=Doubt(why, (*options, Option(LEAVE_OUT, _("Leave the row out")))))

    # ---- what is written

    def _new(self, row: Outcome) -> Outcome:
        said = row.said
        problems = _of_traits(said, None, self.today) | _of_figures(said, None) | _of_rooms(said, said.standing, "")
        if problems:
            return _wrong(row, problems)
        found = Changes(
            traits=tuple((trait, value, said.trait_day or self.today) for trait, value in said.traits),
            figures=said.figures,
        )
        return self._with_rooms(replace(row, changes=found), None)

    def _known(self, row: Outcome, entry: Entry, name_as: NameAs) -> Outcome:
        said, row = row.said, replace(row, entry=entry)
        if not self.keeps(entry.details["area_path"]):
            cell = CODE if said.code == entry.code and said.code else NAME
            return _wrong(row, {cell: _("This enterprise lies outside the area of your posts.")})
        problems = _of_traits(said, entry, self.today) | _of_figures(said, entry)
        problems |= _of_rooms(said, said.standing, entry.standing)
        if problems:
            return _wrong(row, problems)
        return self._with_rooms(replace(row, changes=changes(said, entry, name_as, self.today)), entry)

    def _with_rooms(self, row: Outcome, entry: Entry | None) -> Outcome:
        said = row.said
        standing = said.standing or (entry.standing if entry else Standing.HERE)
        if standing in PRESENT and said.rooms:
            lets, renewals, problems = self.ledger.take(said, entry)
            if problems:
                return _wrong(row, problems)
            row = replace(row, changes=replace(row.changes, lets=tuple(lets), renewals=tuple(renewals)))
        if entry is None:
            return row
        return replace(row, kind="changed" if row.changes else "same")


def _wrong(row: Outcome, problems: Mapping[str, str]) -> Outcome:
    return replace(row, kind="wrong", problems=problems)


def _of_rooms(said: Said, standing: Standing | None, before: str) -> dict[str, str]:
    """A room, and a standing that contradicts it."""
    if not said.rooms:
        return {}
    if standing == Standing.ELSEWHERE or (standing is None and before == Standing.ELSEWHERE):
        return {STANDING: _("It works elsewhere and yet has a room here: which of the two is right?")}
    if standing is None and before and before not in PRESENT:
        return {STANDING: _("It has moved away or closed. Write its state, or clear the room.")}
    return {}


def _of_traits(said: Said, entry: Entry | None, today: date) -> dict[str, str]:
    spans = list(entry.spans) if entry else []
    for trait, value in said.traits:
        if entry and (trait, value) in entry.traits:
            continue
        gift = traits.Giving(trait=trait, value=value, from_day=said.trait_day or today)
        try:
            ended = traits.ended_by(gift, spans)
        except RegisterRefused as refused:
            return {TRAITS: str(refused.message)}
        spans = [span for span in spans if span is not ended] + [gift]
    return {}


def _of_figures(said: Said, entry: Entry | None) -> dict[str, str]:
    there = dict(entry.figures) if entry else {}
    problems = {}
    for figure in said.figures:
        if why := returns.two_steps(figure, there):
            problems[".".join(figure.key)] = why
        there[figure.key] = figure.amount
    return problems


def _listed(rows: Sequence[int]) -> str:
    return _(", ").join(map(str, rows))
