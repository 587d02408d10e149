"""What a piece of work costs, seen from inside the process that does nothing else."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def weighed(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What the work gives, with its seconds, the processor's seconds and the process's most memory in MB."""
    began, spent = time.perf_counter(), time.process_time()
    found = work()
    return {
        **found,
        "seconds": time.perf_counter() - began,
        "processor": time.process_time() - spent,
        "megabytes": most_held() / (1 << 20),
    }


def most_held(process: str = "self") -> int:
    """The most bytes a process has held. What getrusage tells counts its parent's, from before it began."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM")), 0)
