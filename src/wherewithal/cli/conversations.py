"""``wherewithal conversations``: what a sector body and councils that are behind said and agreed, to read."""

from typing import Annotated, Literal

import typer

from wherewithal.cli.files import print_json
from wherewithal.cli.tables import Format, print_table, say
from wherewithal.core.refusal import Refusal
from wherewithal.policy.councils import code_of

app = typer.Typer(
    no_args_is_help=True,
    help="Conversations with councils that are behind, to read. They are held on pages, by surveyors. "
    "Whoever may start this program on the server reads what surveyors and auditors read there.",
)


class NoConversation(Refusal):
    """A number that no conversation has."""


@app.command("list")
def listed(
    council: Annotated[str, typer.Option(help="only with this council: its code or name")] = "",
    only_open: Annotated[bool, typer.Option("--open", help="only those that are open")] = False,
    format: Annotated[Format, typer.Option(help="a table to read, or for machines")] = "table",
) -> None:
    """Every conversation: the open ones by what is due first, then the closed ones, the last one first."""
    from wherewithal.cli.conversation_lines import HEAD, TO_READ, found, line, to_read

    rows = found(code_of(council) if council else "", only_open)
    if format != "table":
        print_table(HEAD, [*map(line, rows)], format)
    elif rows:
        print_table(TO_READ, [*map(to_read, rows)], format)
    else:
        say("No conversation is open." if only_open else "There is no conversation.")


@app.command()
def show(
    number: Annotated[int, typer.Argument(help="its number, as “list” has it")],
    guidance: Annotated[
        bool, typer.Option("--guidance", help="what a council can do about each key message, too")
    ] = False,
    format: Annotated[
        Literal["table", "json"], typer.Option(help="words to read, or for machines")
    ] = "table",
) -> None:
    """One conversation: its figure, what was said and agreed, whom it was led to, what came of it."""
    from wherewithal.cli.conversation_lines import advice, as_json, one, sentences

    told = one(number)
    if told is None:
        raise NoConversation(
            f"There is no conversation {number}. “wherewithal conversations list” has their numbers."
        )
    if format == "json":
        print_json(as_json(told) | ({"guidance": advice()} if guidance else {}))
        return
    say(*sentences(told), "")
    if guidance:
        for message in advice():
            say(f"{message.number}. {message.in_short}", *(f"    {it}" for it in message.can_do))
    else:
        say("What a council can do about each key message: --guidance, or the page /sector/guidance/.")
