"""A lifecycle as plain data that keeps the order of its parts.

People read states and actions in the order of the file. PostgreSQL's jsonb sorts the keys of a mapping, so the order is
written down beside it.
"""

from collections.abc import Mapping
from typing import Any

from rixin.catalogue.schema import Lifecycle

ORDER = "order"
_PARTS = ("states", "clocks", "actions", "reasons")


def written(lifecycle: Lifecycle) -> dict[str, Any]:
    body = lifecycle.model_dump(mode="json", by_alias=True)
    return {**body, ORDER: {part: list(body[part]) for part in _PARTS}}


def read(body: Any) -> Lifecycle:
    """Of a version that was published without its order, the parts come as the database has them."""
    order: Mapping[str, list[str]] = body.get(ORDER, {})
    plain = {name: value for name, value in body.items() if name != ORDER}
    plain |= {part: {code: body[part][code] for code in codes} for part, codes in order.items()}
    return Lifecycle.model_validate(plain)
