"""Client Level Data checked by us, in a process of its own: ``python -m benchmarks.cld_ours FILE``."""

import json
import sys
from collections import Counter
from pathlib import Path

from benchmarks.weighed import weighed
from wherewithal.formats import cld


def found_in(path: Path) -> dict[str, object]:
    """How many faults, and of each field how many must be mended."""
    faults = cld.check(path).faults
    mended: Counter[str] = Counter()
    for fault in faults:
        mended[fault.field] += fault.times if fault.level != "warning" else 0
    return {"faults": sum(fault.times for fault in faults), "mended": dict(mended)}


if __name__ == "__main__":
    print(json.dumps(weighed(lambda: found_in(Path(sys.argv[1])))))
