"""What a piece of work costs, seen from inside the process that does nothing else."""

import resource
import time
from collections.abc import Callable
from typing import Any


def weighed(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What the work gives, with its seconds, the processor's seconds and the process's most memory in MB."""
    began, spent = time.perf_counter(), time.process_time()
    found = work()
    return {
        **found,
        "seconds": time.perf_counter() - began,
        "processor": time.process_time() - spent,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
