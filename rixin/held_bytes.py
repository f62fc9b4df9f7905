"""Whose the bytes under MEDIA_ROOT are: apps say which digests they hold, so that none sweeps what another keeps."""

from collections.abc import Callable

Holder = Callable[[set[str]], set[str]]
"""Which of some digests belong to rows of the app."""
holders: list[Holder] = []


def held(digests: set[str]) -> set[str]:
    """Those that any app beside the one that sweeps holds."""
    return {digest for holder in holders for digest in holder(digests)}
