"""A payment as a payslip: lines that add up, and why earlier weeks were put right."""

from settled import START, line, paid, period

from wherewithal.core.arrangement import Price
from wherewithal.core.payments import Terms
from wherewithal.core.payslip import payslip
from wherewithal.core.settling import settle
from wherewithal.core.workings import Line


def test_a_first_payment_is_its_own_lines():
    terms = Terms((line(),), (Price(START, 1200),))
    slip = payslip(settle(terms, [], period(0).last).lines)
    assert [(one.says, one.value) for one in slip.lines] == [
        ("Support: 28 days at £100.00 a week", 40000),
        ("Less your contribution: 28 days at £12.00 a week", -4800),
    ]
    assert (slip.pence, slip.statements) == (35200, ())


def test_what_is_put_right_of_earlier_weeks_is_one_line_each_with_its_statement():
    entries = paid(Terms((line(),)), range(2))
    dearer = Terms((line(pence=10400),))
    slip = payslip(settle(dearer, entries, period(2).last).lines)
    assert [(one.says, one.value, one.answer) for one in slip.lines[1:]] == [
        ("20 April 2026 to 17 May 2026, put right", 1600, "Too little was paid before"),
        ("18 May 2026 to 14 June 2026, put right", 1600, "Too little was paid before"),
    ]
    assert slip.pence == 41600 + 2 * 1600
    first, second = slip.statements
    assert [one.value for one in first] == [40000, 41600, 41600, 1600]
    assert second[0].says == "Paid for 18 May 2026 to 14 June 2026"


def test_what_was_paid_too_much_is_taken_off_in_words():
    entries = paid(Terms((line(),)), range(2))
    slip = payslip(settle(Terms((line(pence=9900),)), entries, period(2).last).lines)
    assert (slip.lines[-1].value, slip.lines[-1].answer) == (-400, "Too much was paid before")


def test_support_may_be_called_as_a_statement_begins():
    named = Line(
        "Paid for rides: 28 days at £10.00 a week", 4000, "pence", answer="6 April 2026 to 3 May 2026"
    )
    assert payslip([named]).lines == (named,)
