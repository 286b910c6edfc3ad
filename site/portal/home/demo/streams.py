"""Values of stream fields whose block ids follow from their place, so that both languages share them."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import models
from wagtail.blocks.stream_block import StreamValue

NAMESPACE = uuid.UUID("6f1d3f2e-6a0c-5d55-9a53-6d0d3f5b7c11")


def stable_id(*path: object) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, "/".join(str(part) for part in path))


def stream(
    model: type[models.Model],
    field: str,
    key: str,
    children: Sequence[tuple[str, Any]],
    ids: Sequence[uuid.UUID] = (),
) -> StreamValue:
    """A stream of (block name, value); a list inside a struct becomes list items with ids of their own."""
    ids = ids or [stable_id(key, field, index) for index in range(len(children))]
    raw = [
        {"type": name, "value": _raw(value, block_id), "id": str(block_id)}
        for (name, value), block_id in zip(children, ids, strict=True)
    ]
    return model._meta.get_field(field).to_python(raw)  # type: ignore[union-attr]


def _raw(value: Any, *path: object) -> Any:
    if isinstance(value, dict):
        return {name: _raw(item, *path, name) for name, item in value.items()}
    if isinstance(value, list):
        return [
            {"type": "item", "value": _raw(item, *path, index), "id": str(stable_id(*path, index))}
            for index, item in enumerate(value)
        ]
    return value
