"""What a command writes to where it is told to."""

from pathlib import Path

from wherewithal.core.refusal import Refusal


def keep(path: Path, text: str) -> None:
    """The text as UTF-8. Raises Refusal where nothing can be written there."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refusal(f"{path} cannot be written: {error.strerror or error}.") from error
