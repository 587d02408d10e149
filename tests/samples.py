"""Where samples and documents of others lie, beside the project; tests that need them skip without."""

import os
from pathlib import Path

_BESIDE = Path(__file__).resolve().parents[2] / "shared"

SAMPLES = Path(os.environ.get("WHEREWITHAL_SAMPLES") or _BESIDE / "data")
SEEDS = Path(os.environ.get("WHEREWITHAL_DOCUMENTS") or _BESIDE / "seeds")
