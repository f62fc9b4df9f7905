"""Draws the pictures of lifecycles for the documents, with the Graphviz that the pages use (frontend/, Node.js)."""

import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from rixin.catalogue.drawing import dot
from rixin.catalogue.schema import Lifecycle

_SCRIPT = """
import { instance } from "@viz-js/viz";
let text = "";
for await (const part of process.stdin) text += part;
process.stdout.write((await instance()).renderString(text, { format: "svg" }));
"""
_FONTS = "Arial, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"


class CannotDraw(Exception):
    """There is no Node.js, or the front end's packages are not installed."""


def draw(lifecycle: Lifecycle, folder: Path) -> list[Path]:
    """One SVG per language: standard.zh-hans.svg, standard.en.svg. Raises CannotDraw."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            picture = _svg(dot(lifecycle))
        path = folder / f"{lifecycle.code}.{language}.svg"
        path.write_text(picture, encoding="utf-8")
        written.append(path)
    return written


def _svg(text: str) -> str:
    node = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    frontend = settings.PACKAGE.parent / "frontend"
    if node is None or not (frontend / "node_modules" / "@viz-js").is_dir():
        raise CannotDraw(_("The pictures need Node.js and the packages of frontend/: run `make setup` first."))
    done = subprocess.run(  # noqa: S603 - our own script, the text goes in by its standard input
        [node, "--input-type=module", "--eval", _SCRIPT], cwd=frontend, input=text, capture_output=True, text=True
    )
    if done.returncode:
        raise CannotDraw(_("Graphviz did not take the picture: {why}").format(why=done.stderr.strip()))
    return done.stdout.replace('font-family="Arial"', f'font-family="{_FONTS}"')
