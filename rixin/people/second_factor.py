"""The second factor: a code from an app on the person's phone that changes every 30 seconds (TOTP, RFC 6238)."""

from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime
from math import ceil

import segno
from django.db import transaction
from django.utils.translation import gettext as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from rixin.people.models import Account, AccountEvent


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


@transaction.atomic
def confirm(device: TOTPDevice, *, account: Account, at: datetime) -> None:
    """Put the device into use, in place of the one before."""
    TOTPDevice.objects.filter(user_id=account.pk, confirmed=True).exclude(pk=device.pk).delete()
    TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
    AccountEvent.objects.create(account=account, by=account, what=AccountEvent.What.SECOND_FACTOR_ON, at=at)


@transaction.atomic
def remove(account: Account, *, by: Account | None, at: datetime) -> None:
    gone, _rows = TOTPDevice.objects.filter(user_id=account.pk).delete()
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
