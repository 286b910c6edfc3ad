"""How an index differs from what it is made of."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

NAMED = 20
"""Documents of each kind of difference that are named; all are counted."""


@dataclass(slots=True)
class Difference:
    """Documents compared; those that the index lacks, that nothing gives any more, that it has otherwise."""

    compared: int = 0
    missing: int = 0
    extra: int = 0
    different: int = 0
    names: dict[str, list[str]] = field(default_factory=dict)
    """The first documents of each of the three."""

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.different)

    def __str__(self) -> str:
        return f"{self.missing} missing, {self.extra} extra, {self.different} different"

    def compare(self, made: Mapping[str, str], stored: Mapping[str, str]) -> set[str]:
        """Compares digests by document; returns the documents that differ in any of the three ways."""
        missing, extra = made.keys() - stored.keys(), stored.keys() - made.keys()
        different = {one for one in made.keys() & stored.keys() if made[one] != stored[one]}
        self.add(missing=missing, extra=extra, different=different)
        return missing | extra | different

    def add(
        self,
        *,
        missing: Collection[str] = (),
        extra: Collection[str] = (),
        different: Collection[str] = (),
    ) -> None:
        self.missing += len(missing)
        self.extra += len(extra)
        self.different += len(different)
        for how, documents in (("missing", missing), ("extra", extra), ("different", different)):
            if documents:
                named = self.names.setdefault(how, [])
                named += sorted(documents)[: NAMED - len(named)]
