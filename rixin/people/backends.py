"""Which accounts may be used at all."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser

from rixin.people.models import Account


class AccountBackend(ModelBackend):
    """Django asks this at sign-in and again at every request, so a closed account is out at once.

    The demo's password is published: its accounts open only where DEMO is on.
    """

    def user_can_authenticate(self, user: AbstractBaseUser | Any) -> bool:
        return isinstance(user, Account) and user.is_active and (settings.DEMO or not user.demo)
