"""Who of the demo accounts acts: real posts, asked by the same rule of scope as at the desk."""

from collections import defaultdict
from datetime import date
from random import Random

from rixin.cases import queries
from rixin.cases.history import History
from rixin.people.actors import Actor
from rixin.people.models import Account, Post
from rixin.people.scope import ScopeRow
from rixin.people.staff import Staff


class Cast:
    """The demo accounts with the posts that they hold on `day`. Two queries."""

    def __init__(self, day: date) -> None:
        held: dict[Account, list[Post]] = defaultdict(list)
        posts = Post.objects.held_on(day).filter(account__demo=True, account__is_active=True)
        for post in posts.select_related("account", "unit").order_by("account_id", "pk"):
            held[post.account].append(post)
        self._openings = queries.openings()
        self._in_role: dict[str, list[Staff]] = defaultdict(list)
        self._in_unit: dict[tuple[str, int], list[Staff]] = defaultdict(list)
        for account, of_account in held.items():
            staff = Staff(account, tuple(of_account))
            for post in of_account:
                self._in_role[post.role].append(staff)
                self._in_unit[post.role, post.unit_id].append(staff)

    def one(
        self, role: str, history: History, random: Random, *, unit: int | None = None, apart_from: tuple[int, ...] = ()
    ) -> Actor | None:
        """Somebody who may act on the case in the role, of the unit where one is given; None if there is nobody."""
        offered = self._in_unit[role, unit] if unit is not None else self._in_role[role]
        if not offered:
            return None
        row = _row(history)
        # Some take more than others: the same order for everybody would make them all equally busy.
        first = int(random.random() ** 1.3 * len(offered))
        for nth in range(len(offered)):
            staff = offered[(first + nth) % len(offered)]
            if staff.account.pk not in apart_from:
                actor = staff.actor_on(row, self._openings)
                if role in actor.roles:
                    return actor
        return None

    def of_unit(self, role: str, unit: int, random: Random) -> Actor | None:
        """Somebody of a unit, at work that belongs to no case."""
        offered = self._in_unit[role, unit]
        return random.choice(offered).actor if offered else None

    def everybody(self, role: str, unit: int | None = None) -> list[Staff]:
        """All in the role, of the unit where one is given, in the order of their accounts."""
        return list(self._in_role[role] if unit is None else self._in_unit[role, unit])

    def in_role(self, role: str, random: Random) -> Actor | None:
        offered = self._in_role[role]
        return random.choice(offered).actor if offered else None

    def opener(self, role: str, area_path: str, random: Random) -> Actor | None:
        """Somebody who reports a case from the area in the course of duty."""
        offered = [staff for staff in self._in_role[role] if staff.scope.covers_area(area_path, role)]
        return random.choice(offered).actor if offered else None


def _row(history: History) -> ScopeRow:
    case, rules = history.case, history.setting.rules
    return ScopeRow(
        area_path=history.new.area_path,
        matter=rules.type.code,
        matter_group=rules.matter_class.code,
        confidential=rules.type.confidential,
        holder=case.unit,
        helpers=frozenset(case.helpers),
        former=frozenset(case.former),
        assignee=case.handler,
    )
