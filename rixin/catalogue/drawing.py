"""The picture of a lifecycle as Graphviz DOT, in the reader's language.

Pages draw it in the browser, `rixin catalogue draw` draws it for the documents: from the same text.
"""

from collections.abc import Iterator

from rixin.catalogue import wording
from rixin.catalogue.paths import BACK
from rixin.catalogue.schema import Action, Lifecycle, State

# Fill and line, as the badges of the pages have them (frontend/src/styles/tokens.css); a word stands in each box too.
PHASE_COLOURS = {
    "open": ("#e5eefa", "#1c4f94"),
    "suspended": ("#fdf0d3", "#875200"),
    "closed": ("#e2f3e8", "#1b6a3a"),
}
LINE_COLOURS = {"main": "#0b5a68", "plain": "#4b5f66", "warn": "#a4161f"}
FONT = "Arial"


def dot(lifecycle: Lifecycle, *, here: str | None = None) -> str:
    """DOT of all states and of the actions that lead from one to another. `here`: a state to mark.

    An action that is possible in several states is a box of its own, or the lines would hide the way: its lines
    gather there. One that leads to a state from which others lead `back` has its lines in both directions.
    """
    lines = [
        f"digraph {_quoted(lifecycle.code)} {{",
        "  graph [rankdir=TB, nodesep=0.3, ranksep=0.4, bgcolor=transparent]",
        f"  node [shape=plain, fontname={FONT}]",
        f"  edge [fontname={FONT}, arrowsize=0.7]",
        '  "" [shape=circle, style=filled, fillcolor="#15252a", width=0.18, label=""]',
        f'  "" -> {_quoted(lifecycle.start)} [color="#15252a"]',
        *(f"  {line}" for line in _states(lifecycle, here)),
        *(f"  {line}" for line in _actions(lifecycle)),
        "}",
    ]
    return "\n".join(lines)


def _states(lifecycle: Lifecycle, here: str | None) -> Iterator[str]:
    for code, state in lifecycle.states.items():
        yield f"{_quoted(code)} [label=<{_state_box(state, marked=code == here)}>]"


def _state_box(state: State, *, marked: bool) -> str:
    fill, line = PHASE_COLOURS[state.phase]
    owner = f"{wording.ROLES[state.owner]} · {wording.PHASES[state.phase]}"
    rows = [
        _row(str(state.name), 14, line, bold=True),
        _row(owner, 10, "#4b5f66"),
        *(_row(part, 10, "#15252a") for part in _wrapped(str(state.plain))),
    ]
    return _box(rows, f'border="{3 if marked else 1}" style="rounded" bgcolor="{fill}" color="{line}"')


def _actions(lifecycle: Lifecycle) -> Iterator[str]:
    for code, action in lifecycle.actions.items():
        if action.to in (None, BACK):
            continue
        backs = _ways_back(lifecycle, str(action.to))
        colour = LINE_COLOURS[action.tone]
        drawn = f'color="{colour}"' + (", style=dashed, dir=both" if backs else "")
        weight = ", weight=8" if action.tone == "main" else ""
        if len(action.from_) == 1 and not backs:
            label = _box(_action_rows([action], colour), 'border="0"')
            yield f"{_quoted(action.from_[0])} -> {_quoted(str(action.to))} [{drawn}{weight}, label=<{label}>]"
            continue
        hub = _quoted(f"action {code}")
        label = _box(_action_rows([action, *backs], colour), f'border="1" bgcolor="#ffffff" color="{colour}"')
        yield f"{hub} [label=<{label}>]"
        for start in action.from_:
            # Only the first line of a hub shapes the ranks; the others find their way.
            bound = "" if start == action.from_[0] else ", constraint=false"
            yield f"{_quoted(start)} -> {hub} [{drawn}, arrowhead=none{bound}]"
        yield f"{hub} -> {_quoted(str(action.to))} [{drawn}{weight}]"


def _ways_back(lifecycle: Lifecycle, state: str) -> list[Action]:
    return [action for action in lifecycle.actions.values() if action.to == BACK and state in action.from_]


def _action_rows(actions: list[Action], colour: str) -> list[str]:
    rows = []
    for nth, action in enumerate(actions):
        rows.append(_row(f"↩ {action.name}" if nth else str(action.name), 11, colour, bold=True))
        rows += [_row(part, 9, "#4b5f66") for part in _wrapped(wording.roles(action.roles))]
    return rows


def _row(text: str, size: int, colour: str, *, bold: bool = False) -> str:
    # Graphviz in the browser does not know the fonts: it is told how wide a text will be.
    width = round(sum(1.0 if ord(sign) > 0x2E7F else 0.56 for sign in text) * size) + 8
    shown = f"<b>{_html(text)}</b>" if bold else _html(text)
    return f'<tr><td align="left" width="{width}"><font color="{colour}" point-size="{size}">{shown}</font></td></tr>'


def _box(rows: list[str], look: str) -> str:
    return f'<table {look} cellborder="0" cellspacing="0" cellpadding="3">{"".join(rows)}</table>'


def moves(lifecycle: Lifecycle) -> dict[tuple[str, str], list[Action]]:
    """(from, to) -> the actions that lead there. `back` leads to each state from which the present one is entered."""
    found: dict[tuple[str, str], list[Action]] = {}
    for action in lifecycle.actions.values():
        for start in action.from_:
            for end in _targets(lifecycle, start, action):
                found.setdefault((start, end), []).append(action)
    return found


def _targets(lifecycle: Lifecycle, start: str, action: Action) -> list[str]:
    if action.to is None or action.to == start:
        return []
    if action.to != BACK:
        return [action.to]
    entered = (state for other in lifecycle.actions.values() if other.to == start for state in other.from_)
    return list(dict.fromkeys(entered))


def _wrapped(text: str) -> list[str]:
    """In lines of some 16 Chinese or 28 Latin signs."""
    if text.isascii():
        lines = [""]
        for word in text.split():
            if lines[-1] and len(lines[-1]) + len(word) >= 28:
                lines.append("")
            lines[-1] = f"{lines[-1]} {word}".strip()
        return lines
    return [text[at : at + 16] for at in range(0, len(text), 16)]


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
