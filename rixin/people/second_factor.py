"""The second factor: a code from an app on the person's phone that changes every 30 seconds (TOTP, RFC 6238)."""

import secrets
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime
from math import ceil

import segno
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from rixin.people.models import Account, AccountEvent, RecoveryCode

RECOVERY_CODES = 10
# No letters or digits that are mistaken for each other on paper; ten of them are 49 bits, and each counts once.
RECOVERY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class CodeRefused:
    """`wait` is how many seconds the next try must wait: it doubles with each wrong code."""

    wait: int = 0

    @property
    def message(self) -> str:
        if self.wait:
            return _("Too many wrong codes. Please wait %(seconds)s seconds and enter a new code.") % {
                "seconds": self.wait
            }
        return _("The code is not right or was used before. Enter the one that the app shows now.")


def device_of(account: Account) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user_id=account.pk, confirmed=True).first()


def has_device(account: Account) -> bool:
    return device_of(account) is not None


def device_being_set_up(account: Account) -> TOTPDevice:
    """The device whose code the person has not entered yet; the same one until then, so that reloading is harmless."""
    pending = TOTPDevice.objects.filter(user_id=account.pk, confirmed=False).first()
    return pending or TOTPDevice.objects.create(user_id=account.pk, name="totp", confirmed=False)


def enter_code(device: TOTPDevice, code: str, *, at: datetime) -> CodeRefused | None:
    """Use up one code of the device. None when it was right."""
    with transaction.atomic():
        # Locked, so that two tries at once are two tries.
        locked = TOTPDevice.objects.select_for_update().get(pk=device.pk)
        allowed, why = locked.verify_is_allowed()
        if not allowed:
            return CodeRefused(wait=max(1, ceil((why["locked_until"] - at).total_seconds())))
        if not locked.verify_token(code.replace(" ", "")):
            return CodeRefused()
    return None


def sign_in_code(account: Account, device: TOTPDevice, code: str, *, at: datetime) -> CodeRefused | None:
    """The second step of signing in: the code of the app, or one of the recovery codes (which have letters).

    Wrong recovery codes make the next try wait like wrong codes of the app do.
    """
    if len(code.replace("-", "").replace(" ", "")) > device.digits and use_recovery_code(account, code, at=at):
        device.throttle_reset()
        return None
    return enter_code(device, code, at=at)


@transaction.atomic
def confirm(device: TOTPDevice, *, account: Account, at: datetime) -> list[str]:
    """Put the device into use, in place of the one before. Answers recovery codes: shown once, stored nowhere."""
    TOTPDevice.objects.filter(user_id=account.pk, confirmed=True).exclude(pk=device.pk).delete()
    TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
    AccountEvent.objects.create(account=account, by=account, what=AccountEvent.What.SECOND_FACTOR_ON, at=at)
    return _recovery_codes(account)


@transaction.atomic
def new_recovery_codes(account: Account, *, at: datetime) -> list[str]:
    """Ten codes in place of all earlier ones: shown once, stored nowhere."""
    AccountEvent.objects.create(account=account, by=account, what=AccountEvent.What.RECOVERY_CODES_MADE, at=at)
    return _recovery_codes(account)


@transaction.atomic
def use_recovery_code(account: Account, code: str, *, at: datetime) -> bool:
    """Use up one recovery code. False where it is none of the account's, or was used."""
    unused = RecoveryCode.objects.filter(account=account, digest=_digest(code), used_at=None)
    if not unused.update(used_at=at):
        return False
    AccountEvent.objects.create(account=account, by=account, what=AccountEvent.What.RECOVERY_CODE_USED, at=at)
    return True


def recovery_codes_left(account: Account) -> int:
    return RecoveryCode.objects.filter(account=account, used_at=None).count()


@transaction.atomic
def remove(account: Account, *, by: Account | None, at: datetime) -> None:
    gone, _rows = TOTPDevice.objects.filter(user_id=account.pk).delete()
    RecoveryCode.objects.filter(account=account).delete()
    if gone:
        AccountEvent.objects.create(account=account, by=by, what=AccountEvent.What.SECOND_FACTOR_OFF, at=at)


def qr_code(device: TOTPDevice) -> str:
    """The address of the device as a QR code: SVG text, black on white whatever the page's colours."""
    code = segno.make(device.config_url, error="m", micro=False)
    return str(code.svg_inline(scale=5, border=3, dark="#000", light="#fff", omitsize=False))


def written_key(device: TOTPDevice) -> str:
    """The key in groups of four, for typing it in by hand."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def _recovery_codes(account: Account) -> list[str]:
    codes = ["".join(secrets.choice(RECOVERY_LETTERS) for _letter in range(10)) for _nth in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(account=account).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(account=account, digest=_digest(code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _digest(code: str) -> str:
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return salted_hmac("rixin.people.recovery_code", plain, algorithm="sha256").hexdigest()
