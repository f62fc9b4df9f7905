"""Unified social credit codes (GB 32100-2015): eighteen signs, the last of which checks the others."""

from django.utils.translation import gettext as _
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

from rixin.places.wording import plain

_LENGTH = 18


class WrongCode(ValueError):
    """It is no such code. `message` says what is wrong with it, for who typed it."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


def read_code(typed: str) -> str:
    """The code in the form in which it is kept; "" for nothing. Full-width signs and blanks are forgiven.

    Raises WrongCode.
    """
    code = "".join(plain(typed).split()).replace("-", "").upper()
    if not code:
        return ""
    try:
        return str(uscc.validate(code))
    except InvalidLength:
        raise WrongCode(
            _("A unified social credit code has {length} signs; this one has {count}.").format(
                length=_LENGTH, count=len(code)
            )
        ) from None
    except InvalidChecksum:
        raise WrongCode(_("The check digit of “{code}” does not fit: a sign is wrong.").format(code=code)) from None
    except ValidationError:
        raise WrongCode(
            _(
                "“{code}” is no unified social credit code: it has digits and capital letters without I, O, S, V, Z."
            ).format(code=code)
        ) from None
