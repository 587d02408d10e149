"""Reference: the card provider's file of lines."""

from datetime import date

from spec.tables import Page, Table
from wherewithal.core.money import pounds
from wherewithal.formats.card_csv import Layout, alike, read
from wherewithal.formats.spreadsheet import harmless

ON = date(2026, 5, 17)
HEADINGS = "card,posted_on,merchant,amount"


def line(
    card: str = "1234", posted_on: str = "2026-05-01", merchant: str = "Corner Stores", amount: str = "4.80"
):
    return f"{card},{posted_on},{merchant},{amount}"


def file(*lines: str, headings: str = HEADINGS) -> bytes:
    return "\n".join((headings, *lines)).encode()


def one(**cell: str) -> str:
    """How one cell of a line is read, or what its fault says."""
    reading = read(file(line(**cell)), on=ON)
    if reading.faults:
        return reading.faults[0].says
    (found,) = reading.lines
    return {"posted_on": found.posted_on.isoformat(), "amount": pounds(found.pence), "card": found.card}[
        next(iter(cell))
    ]


def heading_faults(headings: str) -> tuple[str, int]:
    good = {"card": "0042", "posted_on": "2026-05-01", "merchant": "Corner Stores", "amount": "4.80"}
    row = ",".join(good.get(heading, "x") for heading in headings.split(","))
    reading = read(file(row, headings=headings), on=ON)
    return reading.faults[0].says, len(reading.faults)


FILES = {
    "two lines": file(line(), line()),
    "two lines with empty rows between": file(line(), ",,,", "", line()),
    "nothing at all": b"",
    "headings only": file(),
    "one line, written by an older Excel": file(line(merchant="Café")).decode().encode("latin-1"),
    "one line, saved as Unicode text": file(line()).decode().encode("utf-16"),
    "a second line whose quotation mark is never closed": file(line(), line(merchant='"Corner')),
    "a line with a cell too many": file(line() + ",more"),
}


def whole_file(name: str) -> str:
    reading = read(FILES[name], on=ON)
    return reading.faults[0].says if reading.faults else f"{len(reading.lines)} lines"


def mapped(headings: str, first_line: str, leave_out: str, below_0: str) -> str:
    layout = Layout(
        {"card": "Card No", "posted_on": "Date", "amount": "Value"},
        tuple(leave_out.split(", ")),
        spending_is_below_0=below_0 == "yes",
    )
    reading = read(file(first_line, headings=headings), on=ON, layout=layout)
    return reading.faults[0].says if reading.faults else pounds(reading.total_pence)


def kept(lines: str) -> tuple[int, int]:
    """``with ids L1, L2`` or ``without ids``: lines taken in, groups shown as alike."""
    ids = lines.removeprefix("ids ").split(", ") if lines.startswith("ids ") else ["", ""]
    content = file(*(f"{id},{line()}" for id in ids), headings=f"line_id,{HEADINGS}")
    reading = read(content, on=ON)
    return len({one.identity for one in reading.lines}), len(alike(reading.lines))


PAGE = Page(
    slug="card",
    title="Money spent: the card provider's file",
    says="Card lines come in by a file. It is read whole before anything is taken in, and every fault is "
    "shown at once: the row, the column, what stood there and what was expected.",
    tables=(
        Table(
            title="Days",
            says="The year first, or the day first with a year of four digits. A day that can be read in "
            "several ways, that the calendar does not have, or that is yet to come (here after 17 May 2026) "
            "is refused.",
            given=("posted_on",),
            then=("read as",),
            rows=(
                ("2026-05-01", "2026-05-01"),
                ("01/05/2026", "2026-05-01"),
                ("1/5/2026", "2026-05-01"),
                (
                    "04/05/26",
                    "Row 2, posted_on: found “04/05/26”. Expected a year of four digits: this date can be "
                    "read in several ways.",
                ),
                (
                    "30/02/2026",
                    "Row 2, posted_on: found “30/02/2026”. Expected a day that the calendar has, such as "
                    "2026-04-06 or 06/04/2026.",
                ),
                (
                    "05/13/2026",
                    "Row 2, posted_on: found “05/13/2026”. Expected a day that the calendar has, such as "
                    "2026-04-06 or 06/04/2026; the day comes first.",
                ),
                (
                    "18/05/2026",
                    "Row 2, posted_on: found “18/05/2026”. Expected a day from 1 January 2000 to 17 May "
                    "2026.",
                ),
                (
                    "1 May",
                    "Row 2, posted_on: found “1 May”. Expected a date such as 2026-04-06 or 06/04/2026.",
                ),
            ),
            run=lambda cell: one(posted_on=cell),
        ),
        Table(
            title="Amounts",
            says="Pounds with a point. What was spent is above 0; a refund is a line too, below 0.",
            given=("amount",),
            then=("read as",),
            rows=(
                ("4.80", "£4.80"),
                ("-4.80", "-£4.80"),
                ("£4.80", "£4.80"),
                ('"1,204.80"', "£1,204.80"),
                ("12", "£12.00"),
                (
                    "4.805",
                    "Row 2, amount: found “4.805”. Expected an amount in pounds such as 12.50, or -12.50 "
                    "with the other sign.",
                ),
                (
                    '"4,80"',
                    "Row 2, amount: found “4,80”. Expected an amount in pounds such as 12.50, or -12.50 "
                    "with the other sign.",
                ),
                (
                    "0.00",
                    "Row 2, amount: found “0.00”. Expected an amount in pounds such as 12.50, or -12.50 "
                    "with the other sign; not 0, and less than £1,000,000.",
                ),
            ),
            run=lambda cell: one(amount=cell),
        ),
        Table(
            title="Cards",
            says="The provider's number for a card, or its last four digits. A full card number is refused "
            "and shown to nobody, so that no card can be misused.",
            given=("card",),
            then=("read as",),
            rows=(
                ("1234", "1234"),
                ("WW-000123", "WW-000123"),
                (
                    "4111111111111111",
                    "Row 2, card: found “a full card number ending 1111”. Expected the card's number at the "
                    "provider or its last four digits.",
                ),
                ("", "Row 2, card: found “”. Expected 1 to 20 characters on one line."),
            ),
            run=lambda cell: one(card=cell),
        ),
        Table(
            title="Headings",
            says="Every column is named; an unknown one is refused by its name, so that nothing is left out "
            "unseen. The rows are read all the same, so that a file tells all its faults at once: these have "
            "none.",
            given=("headings",),
            then=("first fault", "faults"),
            rows=(
                (
                    "card,posted_on,merchant",
                    "Row 1, amount: found “no such column”. Expected it, since every line needs it.",
                    1,
                ),
                (
                    "card,posted_on,merchant,amount,amount",
                    "Row 1, amount: found “amount”. Expected each heading once.",
                    1,
                ),
                (
                    "card,posted_on,merchant,amount,vat",
                    "Row 1, vat: found “vat”. Expected one of line_id, card, posted_on, merchant, "
                    "merchant_code, amount, reference; leave other columns out.",
                    1,
                ),
                (
                    "card;posted_on;merchant;amount",
                    "Row 1: found “headings parted by semicolons”. Expected commas between cells.",
                    1,
                ),
            ),
            run=heading_faults,
        ),
        Table(
            title="A provider's own headings",
            says="A council's policy can name the provider's headings, columns to leave out, and whether "
            "spending is written below 0. Here card is headed Card No, posted_on Date and amount Value.",
            given=("headings", "line", "left out", "spending below 0"),
            then=("total spent",),
            rows=(
                (
                    "Card No,Date,Merchant,Value,VAT",
                    "1234,01/05/2026,Corner Stores,4.80,0.80",
                    "VAT",
                    "no",
                    "£4.80",
                ),
                (
                    "Card No,Date,Merchant,Value,VAT",
                    "1234,01/05/2026,Corner Stores,-4.80,0.80",
                    "VAT",
                    "yes",
                    "£4.80",
                ),
                (
                    "Card No,Date,Merchant,Value,VAT",
                    "1234,01/05/2026,Corner Stores,4.80,0.80",
                    "Fee",
                    "no",
                    "Row 1, VAT: found “VAT”. Expected one of line_id, Card No, Date, merchant, "
                    "merchant_code, Value, reference; leave other columns out.",
                ),
            ),
            run=mapped,
        ),
        Table(
            title="The file itself",
            says="What a person can do about it is said each time.",
            given=("file",),
            then=("answer",),
            rows=(
                ("two lines", "2 lines"),
                ("two lines with empty rows between", "2 lines"),
                (
                    "nothing at all",
                    "The file: found “nothing”. Expected a heading row: "
                    "line_id,card,posted_on,merchant,merchant_code,amount,reference.",
                ),
                ("headings only", "Row 2: found “nothing”. Expected at least one line under the headings."),
                (
                    "one line, written by an older Excel",
                    "Row 2: found “byte 0xe9, which is not UTF-8”. Expected UTF-8: save it as “CSV UTF-8”.",
                ),
                (
                    "one line, saved as Unicode text",
                    "The file: found “UTF-16”. Expected UTF-8: save it as “CSV UTF-8”.",
                ),
                (
                    "a second line whose quotation mark is never closed",
                    "Row 3: found “quotation marks that "
                    'do not match, or a cell without an end”. Expected each " closed, with a comma or the '
                    "line's end after it.",
                ),
                (
                    "a line with a cell too many",
                    "Row 2: found “5 cells”. Expected 4, one under each heading.",
                ),
            ),
            run=whole_file,
        ),
        Table(
            title="Two equal purchases on one day",
            says="A line is known by the provider's line id, else by the file and the row. Two equal lines "
            "stay two; they are shown as alike and never merged. The same id twice in a file is refused.",
            given=("two equal lines with",),
            then=("lines kept", "shown as alike"),
            rows=(("ids L1, L2", 2, 1), ("no ids", 2, 1), ("ids L1, L1", 1, 0)),
            run=kept,
        ),
        Table(
            title="Cells that a spreadsheet would run",
            says="On the way out, a cell that a spreadsheet would take for a formula gets an apostrophe "
            "before it.",
            given=("cell",),
            then=("written",),
            rows=(
                ("=1+1", "'=1+1"),
                ("+44 20 7946 0000", "'+44 20 7946 0000"),
                ("-12.50", "-12.50"),
                ("-cmd", "'-cmd"),
                ("@sum(a1)", "'@sum(a1)"),
                (" =1+1", "' =1+1"),
                ("Corner Stores", "Corner Stores"),
                ("", ""),
            ),
            run=harmless,
        ),
    ),
)
