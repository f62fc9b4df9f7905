"""Who sees which case and acts there in which role. The one place where this is decided.

A post gives a clause: a role, for a unit, under an area, for some groups of matters. What a person sees is the
union of the clauses. The same rule is said twice: `Clause.admits` for one case in hand, `Clause.as_q` for a query;
a property test holds the two together.

| role | sees |
|---|---|
| grid worker | what is open to all staff in the grid, and what is assigned to him or her anywhere |
| community officer | what is open to all staff in the community, and what the own unit holds or held |
| handler | what the own unit holds or held, alone or with others |
| dispatcher, verifier, leader | everything in the area; confidential matters where the type lists the role or unit |
| auditor | everything in the area, read only, personal data masked |
| administrator | no cases |

Whatever the posts: a matter that complains of a unit is not seen by anybody of that unit.
A case whose place is not known carries the path of the sub-district that received it, so that somebody sees it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Q

from rixin.people.models import Post
from rixin.people.roles import OVERSEERS, Role

NOTHING = Q(pk__in=[])
ALL = Q()


@dataclass(frozen=True)
class Opening:
    """To which roles, and to which units by code, a confidential matter type is open."""

    roles: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()


# Confidential matter types by code. A confidential type that is missing here is open to nobody who merely oversees.
Openings = Mapping[str, Opening]
NO_OPENINGS: Openings = {}


@dataclass(frozen=True, kw_only=True)
class ScopeRow:
    """What scope needs to know of one case. Unit and account ids; `matter` and `matter_group` are codes."""

    area_path: str
    matter: str
    matter_group: str
    confidential: bool = False
    holder: int | None = None
    helpers: frozenset[int] = frozenset()
    # Units that held or helped before and do so no more: they still see what became of it.
    former: frozenset[int] = frozenset()
    # The account to which the holder gave it.
    assignee: int | None = None
    # The unit that the resident complains of: none of its people sees anything of the matter.
    complained_of: int | None = None


@dataclass(frozen=True, kw_only=True)
class ScopeFields:
    """How the caller's model names what `ScopeRow` names.

    `involves` answers for a set of unit ids which rows they hold, help with, or once did. It is asked for a condition
    and not for a field name, since a join to many would repeat rows: give `Q(pk__in=...)` or `Q(Exists(...))`.
    """

    area_path: str
    matter: str
    matter_group: str
    confidential: str
    assignee: str
    involves: Callable[[frozenset[int]], Q]
    complained_of: str = ""
    """Empty where the caller's rows complain of nobody."""


@dataclass(frozen=True)
class Clause:
    role: Role
    account_id: int
    unit_id: int
    unit_code: str
    area: str
    matters: frozenset[str]
    title_zh: str = field(default="", compare=False)
    title_en: str = field(default="", compare=False)

    @classmethod
    def of(cls, post: Post) -> "Clause":
        return cls(
            role=Role(post.role),
            account_id=post.account_id,
            unit_id=post.unit_id,
            unit_code=post.unit.code,
            area=post.area_path,
            matters=frozenset(post.matters),
            title_zh=post.title_zh,
            title_en=post.title_en,
        )

    def admits(self, row: ScopeRow, openings: Openings = NO_OPENINGS) -> bool:
        """Whether this post makes the case visible."""
        if self.role == Role.ADMINISTRATOR:
            return False
        if self.role == Role.GRID_WORKER and row.assignee == self.account_id:
            return True
        if self.matters and row.matter_group not in self.matters:
            return False
        involved = self.unit_id in row.helpers | row.former | {row.holder}
        if self.role == Role.COMMUNITY_OFFICER and involved:
            return True
        if not row.area_path.startswith(self.area):
            return False
        if self.role == Role.HANDLER:
            return involved
        return self.role == Role.AUDITOR or not row.confidential or self._is_listed(openings.get(row.matter))

    def as_q(self, fields: ScopeFields, openings: Openings = NO_OPENINGS) -> Q:
        """`admits` as a condition on the caller's rows.

        `within` is the lookup for area paths that rixin.places registers: a subtree through an index, on either
        database.
        """
        if self.role == Role.ADMINISTRATOR:
            return NOTHING
        in_area = Q(**{f"{fields.area_path}__within": self.area}) if self.area else ALL
        of_matters = Q(**{f"{fields.matter_group}__in": sorted(self.matters)}) if self.matters else ALL
        if self.role == Role.AUDITOR:
            return in_area & of_matters
        if self.role == Role.HANDLER:
            return in_area & of_matters & fields.involves(frozenset({self.unit_id}))
        seen = in_area & of_matters & self._opened(fields, openings)
        if self.role == Role.GRID_WORKER:
            return seen | Q(**{fields.assignee: self.account_id})
        if self.role == Role.COMMUNITY_OFFICER:
            return seen | (of_matters & fields.involves(frozenset({self.unit_id})))
        return seen

    def acts_on(self, row: ScopeRow, openings: Openings = NO_OPENINGS) -> bool:
        """Whether the role counts on this case now: having held it once gives sight, not a hand in it."""
        if not self.admits(row, openings):
            return False
        return self.role != Role.HANDLER or self.unit_id in row.helpers | {row.holder}

    def opens_personal_data(self, row: ScopeRow, openings: Openings = NO_OPENINGS) -> bool:
        """Whether the holder of this post may open who reported it, for a purpose that is logged."""
        if self.role == Role.AUDITOR or not self.acts_on(row, openings):
            return False
        return not row.confidential or self._is_listed(openings.get(row.matter))

    def _opened(self, fields: ScopeFields, openings: Openings) -> Q:
        listed = sorted(matter for matter, opening in openings.items() if self._is_listed(opening))
        plain = Q(**{fields.confidential: False})
        return plain | Q(**{f"{fields.matter}__in": listed}) if listed else plain

    def _is_listed(self, opening: Opening | None) -> bool:
        return opening is not None and (self.role in opening.roles or self.unit_code in opening.units)


@dataclass(frozen=True)
class Scope:
    """All that a person's posts of one day let him or her see."""

    clauses: tuple[Clause, ...]

    @classmethod
    def of(cls, posts: Iterable[Post]) -> "Scope":
        """Of posts that are held on the day meant, each with its unit."""
        return cls(tuple(dict.fromkeys(Clause.of(post) for post in posts)))

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(clause.role for clause in self.clauses)

    @property
    def unit_ids(self) -> frozenset[int]:
        return frozenset(clause.unit_id for clause in self.clauses)

    @property
    def oversees(self) -> bool:
        return bool(self.roles & OVERSEERS)

    def may(self, *roles: str) -> bool:
        """Whether any of the roles is held anywhere; no role named asks for none in particular."""
        return not roles or bool(self.roles & set(roles))

    def areas(self, *roles: str) -> tuple[str, ...]:
        """The area paths of the posts in these roles (of all posts when none is named), widest first."""
        asked = {clause.area for clause in self.clauses if not roles or clause.role in roles}
        return tuple(sorted(asked, key=lambda area: (len(area), area)))

    def covers_area(self, area_path: str, *roles: str) -> bool:
        return any(area_path.startswith(area) for area in self.areas(*roles))

    def as_q(self, fields: ScopeFields, openings: Openings = NO_OPENINGS) -> Q:
        """The rows that the person may see."""
        conditions = [clause.as_q(fields, openings) for clause in self.clauses if clause.role != Role.ADMINISTRATOR]
        if not conditions:
            return NOTHING
        # Q() | x is x in Django: whoever sees all must not be narrowed by a second post.
        seen = ALL if any(condition == ALL for condition in conditions) else reduce(or_, conditions, NOTHING)
        return seen & self._not_complained_of(fields)

    def _not_complained_of(self, fields: ScopeFields) -> Q:
        if not fields.complained_of:
            return ALL
        nobody = Q(**{f"{fields.complained_of}__isnull": True})
        return nobody | ~Q(**{f"{fields.complained_of}__in": sorted(self.unit_ids)})

    def in_areas(self, area_path: str) -> Q:
        """Rows that are open to all staff of their area, such as entries of registers. `area_path`: name of the field.

        An administrator keeps accounts and definitions, and sees no rows.
        """
        areas = [clause.area for clause in self.clauses if clause.role != Role.ADMINISTRATOR]
        if not areas:
            return NOTHING
        return ALL if "" in areas else reduce(or_, (Q(**{f"{area_path}__within": area}) for area in sorted(set(areas))))

    def sees(self, row: ScopeRow, openings: Openings = NO_OPENINGS) -> bool:
        if row.complained_of in self.unit_ids:
            return False
        return any(clause.admits(row, openings) for clause in self.clauses)

    def acting(self, row: ScopeRow, openings: Openings = NO_OPENINGS) -> tuple[Clause, ...]:
        """The posts whose roles count on this case, those of the unit that holds it first."""
        if row.complained_of in self.unit_ids:
            return ()
        acting = [clause for clause in self.clauses if clause.acts_on(row, openings)]
        return tuple(sorted(acting, key=lambda clause: clause.unit_id != row.holder))

    def roles_on(self, row: ScopeRow, openings: Openings = NO_OPENINGS) -> frozenset[Role]:
        return frozenset(clause.role for clause in self.acting(row, openings))

    def opens_personal_data(self, row: ScopeRow, openings: Openings = NO_OPENINGS) -> bool:
        """Whether the person may open who reported the case. Never to a person of the unit complained of."""
        if row.complained_of in self.unit_ids:
            return False
        return any(clause.opens_personal_data(row, openings) for clause in self.clauses)
