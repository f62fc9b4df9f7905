"""Typst sets a page in the layout of official documents (`page.typ`).

The official fonts are named first; where a machine has none, the Song and Hei of the front end's build stand in.
"""

import json
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

_ROOT = Path(__file__).parent.parent
_FONTS = Path(settings.FRONT_END_BUILD) / "fonts-pdf"


def typeset(page: Path, name: str, given: dict[str, Any]) -> bytes:
    """The PDF of a page of Typst, which finds what it is given as JSON under `name`."""
    fonts = [str(_FONTS)] if _FONTS.is_dir() else []
    inputs = {name: json.dumps(given, ensure_ascii=False)}
    return bytes(typst.compile(str(page), root=str(_ROOT), font_paths=fonts, sys_inputs=inputs))
