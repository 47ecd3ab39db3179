"""What is wrong with an authored file, where, and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Fault:
    """One fault of one file. Errors stop a build, warnings do not."""

    path: str
    line: int
    rule: str
    message: str
    fix: str = ""
    level: Level = "error"

    def __str__(self) -> str:
        fix = f" {self.fix}" if self.fix else ""
        return f"{self.path}:{self.line}: {self.rule} {self.level}: {self.message}{fix}"


class ContentError(Exception):
    """The content has errors; `faults` holds every one of them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True)
class Place:
    """A file and the line in it that a piece of text came from."""

    path: Path
    line: int

    def fault(self, rule: str, message: str, fix: str = "", level: Level = "error") -> Fault:
        """Return a fault at this place."""
        return Fault(str(self.path), self.line, rule, message, fix, level)
