"""Codes by which somebody without an account finds again what he or she sent."""

import secrets
from random import Random

_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8


def tracking_code(random: Random | None = None) -> str:
    """Eight signs without look-alikes (no 0 and O, 1, I and L): 31^8, some 850 thousand million of them."""
    choose = random.choice if random else secrets.choice
    return "".join(choose(_SIGNS) for _nth in range(CODE_LENGTH))


def written_code(text: str) -> str:
    """A code as people type it ("k7pm-3wqa") in the form in which it is kept."""
    return "".join(sign for sign in text.upper() if sign.isascii() and sign.isalnum())


def shown_code(code: str) -> str:
    """As it is shown: K7M2-9QXD."""
    return "-".join((code[:4], code[4:]))
