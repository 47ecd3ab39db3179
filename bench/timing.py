"""CPU time of operations that take turns, so that a busy machine is as slow for one as for the others."""

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

Operation = Callable[[str], object]


@dataclass(frozen=True)
class Spread:
    """How long an operation takes over many inputs, in milliseconds of CPU time."""

    p50: float
    p95: float
    p99: float

    def named(self) -> dict[str, float]:
        """Return the figures by name."""
        return asdict(self)


def measure(operations: Mapping[str, Operation], inputs: Sequence[str], rounds: int) -> dict[str, Spread]:
    """Return the spread of each operation over the inputs.

    Each input is given to all operations, one after the other, before the next; who begins changes with every input.
    After a round to warm up, an input counts with the least time of `rounds`: what else the machine does only adds.

    Args:
        operations: what is measured, by name.
        inputs: what each is given.
        rounds: how often, after the first round.
    """
    names = list(operations)
    taken = np.zeros((rounds + 1, len(inputs), len(names)))
    for turn in range(rounds + 1):
        gc.collect()
        for place, value in enumerate(inputs):
            for step in range(len(names)):
                column = (step + place) % len(names)
                operation = operations[names[column]]
                start = time.thread_time_ns()
                operation(value)
                taken[turn, place, column] = time.thread_time_ns() - start
    best = taken[1:].min(axis=0) / 1e6
    return {name: Spread(*np.percentile(best[:, column], (50, 95, 99))) for column, name in enumerate(names)}
