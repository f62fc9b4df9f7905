"""Keeps the translations of every app: `tools/messages.py update|check|compile [app ...]`.

    update    collects the texts of each app into its locale/zh_Hans/LC_MESSAGES/django.po; what was translated stays
    check     says what is missing, doubtful, no longer used, names other placeholders than the English text, is written
              with half-width punctuation, or is translated otherwise in another app
    compile   writes the .mo files that Django reads; they are made at set-up and never committed

Babel reads the Python files; templates pass through Django's own `templatize`. GNU gettext is not needed.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = "zh_Hans"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = """\
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
HALF_WIDTH = re.compile(
    r"(?<=[\u4e00-\u9fff”])[,:;?!](?=[\u4e00-\u9fff“{%]|$)|[(](?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[)]"
)
FOR_A_FILTER = re.compile(r"\w+(,\w+)+")
"""“yes,no”: what Django's own filter takes apart at the commas."""
PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[#0\- +]?\d*(?:\.\d+)?([sdrifFeg])|\{(\w*)\}")
Place = tuple[str, int]


def apps(root: Path) -> list[Path]:
    """The apps that may hold texts: every package folder under rixin/."""
    return sorted(folder for folder in (root / "rixin").iterdir() if (folder / "__init__.py").exists())


def sources(app: Path) -> Iterator[Path]:
    """Python files and templates of `app` without tests and migrations; the loose modules of rixin/ go with config."""
    loose = app.parent.glob("*.py") if app.name == "config" else ()
    for path in sorted([*loose, *app.rglob("*.py"), *app.rglob("templates/**/*.*")]):
        if not {"tests", "migrations", "__pycache__"} & set(path.relative_to(app.parent).parts):
            yield path


def texts_of(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    """Line, English text (or singular and plural), notes for the translator, context."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Imported here: `compile` runs at set-up, before anything of Django is needed.
        from django.utils.translation.template import templatize

        # What templatize leaves of the markup is indented at will, which Python's tokenizer refuses.
        source = "\n".join(line.lstrip() for line in templatize(source).split("\n"))
    file = io.BytesIO(source.encode())
    yield from extract("python", file, keywords=KEYWORDS, comment_tags=("Translators:",))


def collected(root: Path, app: Path) -> tuple[Catalog, dict[tuple[str, str | None], Place]]:
    """All texts of `app`, and where each was seen first."""
    catalog = Catalog(locale=LOCALE)
    seen: dict[tuple[str, str | None], Place] = {}
    for path in sources(app):
        name = path.relative_to(root).as_posix()
        for line, text, notes, context in texts_of(path):
            if not text:
                continue
            catalog.add(text, locations=[(name, line)], auto_comments=notes, context=context)
            seen.setdefault((text if isinstance(text, str) else text[0], context), (name, line))
    return catalog, seen


def po_path(app: Path) -> Path:
    return app / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def kept(app: Path) -> Catalog:
    """The translations of `app` as they lie in its file; an empty catalogue if there is none."""
    path = po_path(app)
    if not path.exists():
        return Catalog(locale=LOCALE)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE)


def real(catalog: Catalog) -> Iterator[Message]:
    """The messages without the header, sorted by text so that a change shows as a change of one line."""
    return iter(sorted((message for message in catalog if message.id), key=lambda m: (_first(m.id), m.context or "")))


def update(root: Path, app: Path) -> str:
    """Rewrites the file of `app`; the summary says how many texts wait for a translation."""
    wanted, _seen = collected(root, app)
    old, path = kept(app), po_path(app)
    if not len(wanted):
        path.unlink(missing_ok=True)
        return f"{app.name}: no texts"
    for message in real(wanted):
        before = old.get(message.id, message.context)
        if before is None:
            continue
        message.string = before.string
        message.user_comments = before.user_comments
        if before.fuzzy:
            message.flags.add("fuzzy")
    path.parent.mkdir(parents=True, exist_ok=True)
    written = io.BytesIO()
    write_po(written, wanted, width=120, omit_header=True, include_lineno=False, sort_output=True)
    path.write_text(HEADER + written.getvalue().decode(), encoding="utf-8")
    waiting = sum(not _translated(message) for message in real(wanted))
    return f"{app.name}: {len(wanted)} texts, {waiting} to translate"


def faults(root: Path, app: Path) -> Iterator[str]:
    """What is wrong with the translations of `app`, one line each, beginning with the place to mend."""
    wanted, seen = collected(root, app)
    translations = kept(app)
    po = po_path(app).relative_to(root)
    for message in real(wanted):
        place = "{}:{}".format(*seen[(_first(message.id), message.context)])
        given = translations.get(message.id, message.context)
        if given is None or not _translated(given):
            yield f"{place}: “{_first(message.id)}” has no translation. Run tools/messages.py update; mend {po}."
        elif given.fuzzy:
            yield f"{po}: “{_first(message.id)}” is marked fuzzy. Look it over and remove the mark."
        elif _placeholders(given.string) - _placeholders(message.id):
            yield f"{po}: “{_first(message.id)}” does not have the placeholders of “{_first(given.string)}”."
        elif not FOR_A_FILTER.fullmatch(_first(message.id)) and HALF_WIDTH.search(_first(given.string)):
            yield f"{po}: “{_first(given.string)}” has half-width punctuation beside Chinese signs."
    for message in real(translations):
        if wanted.get(message.id, message.context) is None:
            yield f"{po}: “{_first(message.id)}” is used nowhere. Run tools/messages.py update."


def collisions(root: Path) -> Iterator[str]:
    """Texts that two apps translate differently: Django keeps one of them for all, and the other is never seen."""
    known: dict[tuple[str, str | None], tuple[str, str]] = {}
    for app in apps(root):
        for message in real(kept(app)):
            text, said = (_first(message.id), message.context), _first(message.string)
            first_app, first_said = known.setdefault(text, (app.name, said))
            if said != first_said:
                both = f"“{first_said}” in {first_app} and “{said}” in {app.name}"
                yield f"“{text[0]}” is {both}: one of them is never shown."


def compiled(app: Path) -> bool:
    """Writes the .mo of `app` if its .po is newer; False if there was nothing to do."""
    po = po_path(app)
    mo = po.with_suffix(".mo")
    if not po.exists() or (mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns):
        return False
    fresh = mo.with_suffix(".mo.new")
    with fresh.open("wb") as file:
        write_mo(file, kept(app))
    fresh.replace(mo)
    return True


def _first(text: str | Iterable[str] | None) -> str:
    return text if isinstance(text, str) else next(iter(text or ()), "")


def _translated(message: Message) -> bool:
    return all([message.string] if isinstance(message.string, str) else message.string or [""])


def _placeholders(text: str | Iterable[str] | None) -> set[str]:
    whole = text if isinstance(text, str) else "\n".join(text or ())
    return {"".join(filter(None, found)) for found in PLACEHOLDER.findall(whole.replace("%%", ""))}


def main(argv: list[str] | None = None, root: Path = ROOT) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=["update", "check", "compile"])
    parser.add_argument("apps", nargs="*", metavar="app", help="folder names under rixin/; all if none is named")
    given = parser.parse_args(argv)
    known = {app.name: app for app in apps(root)}
    if strange := [name for name in given.apps if name not in known]:
        parser.error(f"there is no app “{strange[0]}”; there are: {', '.join(known)}")
    chosen = [known[name] for name in given.apps] or list(known.values())
    if given.task == "compile":
        print(f"Translations: {sum(map(compiled, chosen))} compiled")
        return 0
    if given.task == "update":
        for app in chosen:
            print(update(root, app))
        return 0
    found = [*collisions(root), *(fault for app in chosen for fault in faults(root, app))]
    print("\n".join(found) if found else "Translations: complete")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
