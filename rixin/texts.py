"""Text as people type or paste it, made harmless without changing what it says."""

import re

# Control characters but line feed and tab, lone surrogates, and signs that turn the direction of text around.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")


def all_han(text: str) -> bool:
    """Whether it is Chinese characters of the basic block, every one."""
    return all("\u4e00" <= sign <= "\u9fff" for sign in text)


def cleaned(text: str) -> str:
    """`text` with plain line ends and without signs that nobody sees. Emoji and rare characters stay."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
