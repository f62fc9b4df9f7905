"""`rixin createadmin`: the first administrator, who opens all other accounts."""

import os
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from rixin.people import accounts
from rixin.people.accounts import AccountRefused, PostGiven
from rixin.people.models import USERNAME, Account, Unit
from rixin.people.roles import Role


class Command(BaseCommand):
    help = (
        "Open the account of an administrator. Asks for what is not given; without a terminal give ADMIN_USERNAME, "
        "ADMIN_NAME and ADMIN_PASSWORD in the environment."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", default=os.environ.get("ADMIN_USERNAME", ""))
        parser.add_argument("--name", default=os.environ.get("ADMIN_NAME", ""))
        parser.add_argument("--unit", default="party-office", help="code of the unit (default: party-office)")

    def handle(self, *args: Any, username: str, name: str, unit: str, **options: Any) -> None:
        unit_found = Unit.objects.filter(code=unit).first()
        if unit_found is None:
            raise CommandError(
                f"There is no unit {unit!r}. Run `rixin people load` first, or name another with --unit."
            )
        username = self._asked("User name", username, "ADMIN_USERNAME").lower()
        name = self._asked("Name", name, "ADMIN_NAME")
        password = os.environ.get("ADMIN_PASSWORD") or self._password_typed()
        self._check(username, name, password)
        self._open(username, name, password, unit_found)
        self.stdout.write(f"{username} can sign in now and open accounts for the others.")

    @transaction.atomic
    def _open(self, username: str, name: str, password: str, unit: Unit) -> None:
        at = timezone.now()
        try:
            account = accounts.open_account(username, name, by=None, at=at)
        except AccountRefused as refused:
            raise CommandError(refused.message) from refused
        accounts.change_own_password(account, password, at=at)
        post = PostGiven(
            unit=unit,
            role=Role.ADMINISTRATOR,
            area_path=unit.area_path,
            title_zh="系统管理员",
            title_en="Administrator",
            since=timezone.localdate(at),
        )
        accounts.add_post(account, post, by=None, at=at)

    def _check(self, username: str, name: str, password: str) -> None:
        try:
            USERNAME(username)
        except ValidationError as wrong:
            raise CommandError(f"User name {username!r}: {wrong.messages[0]}") from wrong
        try:
            validate_password(password, Account(username=username, name=name))
        except ValidationError as weak:
            raise CommandError("The password is too weak. " + " ".join(weak.messages)) from weak

    def _asked(self, what: str, given: str, variable: str) -> str:
        answer = given.strip() or self._typed(what, variable)
        if not answer:
            raise CommandError(f"{what} is empty. Nothing was created.")
        return answer

    def _typed(self, what: str, variable: str) -> str:
        try:
            return input(f"{what}: ").strip()
        except (EOFError, KeyboardInterrupt) as gone:
            raise CommandError(f"{what} is missing: type it, or set {variable}. Nothing was created.") from gone

    def _password_typed(self) -> str:
        try:
            first, second = getpass("Password: "), getpass("Password again: ")
        except (EOFError, KeyboardInterrupt) as gone:
            raise CommandError(
                "The password is missing: type it, or set ADMIN_PASSWORD. Nothing was created."
            ) from gone
        if first != second:
            raise CommandError("The two passwords differ. Nothing was created.")
        return first
