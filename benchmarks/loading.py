"""A return in Parquet becomes a file of events, in a process of its own.

``python -m benchmarks.loading FOLDER FILE`` prints JSON: seconds, peak memory in bytes, what became of rows.
"""

import json
import sys
import time
from pathlib import Path

from benchmarks.counting import YEAR, peak_bytes
from wherewithal.analytics.load import loaded


def main(folder: Path, path: Path) -> None:
    began = time.perf_counter()
    with loaded([folder], period=YEAR, folder=path.parent) as made:
        done = {
            "seconds": time.perf_counter() - began,
            "bytes": peak_bytes(),
            "people": made.people,
            "left_out": made.left_out,
            "superseded": made.superseded,
        }
        made.connection.to_parquet(made.events, str(path))
    print(json.dumps(done))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
