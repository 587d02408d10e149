"""A council's own file of take-up: rounded counts and marks have bounds, and a mark is never a number."""

import tomllib
from datetime import date
from fractions import Fraction

import pytest

from wherewithal.core.policy import NoPolicy
from wherewithal.formats.progress import parse, read
from wherewithal.policy.rows import Row

FILE = """
council = "Exampleshire"
definition = "ours"
source = "Made up"
rounded_to = 5
of_rounded_to = 10
decimals = 1
[[mark]]
id = "-"
says = "from 1 to 4 people"
low = 1
high = 4
[[mark]]
id = "[x]"
says = "not available"
[[figure]]
on = 2010-03-31
numerator = "-"
denominator = 100
[[figure]]
on = 2010-09-30
numerator = "[x]"
denominator = 100
[[figure]]
on = 2011-03-31
numerator = 20
denominator = 100
[[figure]]
on = 2011-09-30
percent = 33.3
[[own_word]]
target = "half"
on = 2011-10-01
on_target = false
source = "its reply"
"""


def made(text=FILE):
    return parse(Row("file.toml", tomllib.loads(text)))


def test_counts_that_were_rounded_give_a_share_within_bounds():
    seen = {one.on: one for one in made().observations}
    rounded = seen[date(2011, 3, 31)]
    assert (rounded.percent.low, rounded.percent.central, rounded.percent.high) == (
        Fraction(1750, 105), 20, Fraction(2250, 95),
    )  # fmt: skip
    assert rounded.remark == "its counts were rounded"
    assert seen[date(2011, 9, 30)].percent.low == Fraction("33.25")


def test_a_mark_with_bounds_is_used_with_them_and_one_without_is_left_out_and_said_to_be():
    progress = made()
    marked = progress.first.percent
    assert (marked.low, marked.high) == (Fraction(100, 105), Fraction(400, 95))
    assert date(2010, 9, 30) not in {one.on for one in progress.observations}
    assert progress.not_seen == ("30 September 2010: “[x]”, not available",)
    assert progress.gaps == (date(2010, 9, 30),)


def test_what_the_council_says_of_itself_is_kept_beside():
    (word,) = made().own_words
    assert (word.target, word.on_target, word.source) == ("half", False, "its reply")


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('numerator = "-"', 'numerator = "?"', "“\\?” is neither a number nor a mark"),
        ("numerator = 20", "numerator = 200", "above the denominator"),
        ("percent = 33.3", "percent = 33.3\nnumerator = 3", "not both"),
        ("on = 2011-03-31", "on = 2009-03-31", "of different days, in order"),
        ("low = 1\n", "low = 5\n", "at most “high”"),
        ("denominator = 100\n[[figure]]\non = 2010-09-30", "denominator = 0\n[[figure]]\non = 2010-09-30",
         "may be nobody"),
        ("on_target = false", 'on_target = "no"', "must be true or false"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_place(was, becomes, says):
    with pytest.raises(NoPolicy, match=f"file.toml.*{says}"):
        made(FILE.replace(was, becomes))


def test_a_file_is_read_whole(tmp_path):
    path = tmp_path / "file.toml"
    path.write_text(FILE, encoding="utf-8")
    assert read(path).council == "Exampleshire"
