"""Keeps the memory of arrays that come and go with each query."""

import numpy as np

# The largest block for which glibc adapts its thresholds.
_LARGE = 31 << 20


def keep_freed_blocks() -> None:
    """Have glibc keep the memory of freed arrays for the next ones.

    By default it gives a block of more than 128 KB back to the system at once, and the next query has every page of it
    mapped and cleared again, which took six times as long as the sums themselves. Freeing one large block raises that
    limit (mallopt(3), M_MMAP_THRESHOLD); none of its pages is ever touched. Other allocators do not mind.
    """
    np.empty(_LARGE, np.uint8)
