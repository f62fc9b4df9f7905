"""A member of staff at work: the account, the posts held today and what follows from them."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.http import HttpRequest
from django.utils import timezone

from rixin.people.actors import Actor
from rixin.people.models import Account, Post, current_posts
from rixin.people.roles import CASE_ROLES, Role
from rixin.people.scope import NO_OPENINGS, Openings, Scope, ScopeRow


@dataclass(frozen=True)
class Staff:
    account: Account
    posts: tuple[Post, ...]

    @classmethod
    def at(cls, account: Account, moment: datetime) -> "Staff":
        """The person with the posts held on the local day of `moment`. One query."""
        return cls(account, tuple(current_posts(account.pk, timezone.localdate(moment))))

    @cached_property
    def scope(self) -> Scope:
        return Scope.of(self.posts)

    @property
    def name(self) -> str:
        return self.account.name

    @property
    def roles(self) -> frozenset[Role]:
        return self.scope.roles

    def may(self, *roles: str) -> bool:
        return self.scope.may(*roles)

    @property
    def meets_cases(self) -> bool:
        """Whether the person meets what residents sent at all."""
        return self.may(*CASE_ROLES)

    @property
    def main_post(self) -> Post | None:
        return self.posts[0] if self.posts else None

    @cached_property
    def actor(self) -> Actor:
        """The person with all roles and the oldest post, for acts that belong to no case yet."""
        post = self.main_post
        return self._actor(
            frozenset(self.roles),
            post.unit_id if post else None,
            post.title_zh if post else "",
            post.title_en if post else "",
        )

    def actor_on(self, row: ScopeRow, openings: Openings = NO_OPENINGS) -> Actor:
        """The person with the roles that count on this case and the post that fits it best."""
        acting = self.scope.acting(row, openings)
        if not acting:
            return self._actor(frozenset(), None, "", "")
        first = acting[0]
        return self._actor(frozenset(clause.role for clause in acting), first.unit_id, first.title_zh, first.title_en)

    def _actor(self, roles: frozenset[Role], unit_id: int | None, title_zh: str, title_en: str) -> Actor:
        return Actor(
            kind="staff",
            name=self.account.name,
            roles=frozenset(role.value for role in roles),
            account_id=self.account.pk,
            unit_id=unit_id,
            unit_ids=self.scope.unit_ids,
            post_zh=title_zh,
            post_en=title_en,
        )


class StaffRequest(HttpRequest):
    """A request that `staff_required` has let in."""

    staff: Staff
