"""What a command writes: to where it is told to, and for machines."""

import json
from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from wherewithal.core.refusal import Refusal


def keep(path: Path, text: str) -> None:
    """The text as UTF-8. Raises Refusal where nothing can be written there."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refusal(f"{path} cannot be written: {error.strerror or error}.") from error


def print_json(found: Any) -> None:
    """Values of any kind, as one JSON text."""
    print(json.dumps(plain(found), ensure_ascii=False, indent=1))


def plain(value: Any) -> Any:
    """What JSON can hold: days as written by ISO, fractions as numbers."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(one) for one in value]
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else round(float(value), 4)
    return value.isoformat() if isinstance(value, date) else value
