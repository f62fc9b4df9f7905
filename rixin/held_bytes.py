"""Whose the bytes under MEDIA_ROOT are: each app says which digests it holds, so that none sweeps what another keeps."""

from collections.abc import Callable

Holder = Callable[[set[str]], set[str]]
"""Which of some digests belong to rows of the app."""
holders: list[Holder] = []


def held(digests: set[str]) -> set[str]:
    """Those that any app beside the one that sweeps holds."""
    return {digest for holder in holders for digest in holder(digests)}
