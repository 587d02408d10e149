"""A bar for what lasts."""

from collections.abc import Iterator
from contextlib import contextmanager

from wherewithal.formats.cld import Progress as Told


@contextmanager
def reading(words: str) -> Iterator[Told]:
    """Takes how many bytes of a file have been read, of how many: a bar on standard error for what lasts over
    a second, and nothing where nobody looks on.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(words, total=None, visible=False)

        def told(read: int, of: int) -> None:
            lasting = (bar.tasks[0].elapsed or 0) > 1
            bar.update(task, completed=read, total=of, visible=lasting)

        yield told
