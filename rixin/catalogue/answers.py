"""Which question a definition means where it names an answer: of a form, or `action.field` of a lifecycle."""

from rixin.catalogue.schema import AskedField, Lifecycle, MatterType


def form_field(name: str, types: list[MatterType]) -> AskedField | None:
    """The question of this name in the form of any of the types."""
    return next((field for kind in types for field in kind.form if field.name == name), None)


def asked_field(written: str, lifecycles: list[Lifecycle]) -> AskedField | None:
    """The field that `action.field` names in any of the lifecycles."""
    action, _dot, name = written.partition(".")
    steps = (lifecycle.actions[action] for lifecycle in lifecycles if action in lifecycle.actions)
    return next((field for step in steps for field in step.asks if field.name == name), None)
