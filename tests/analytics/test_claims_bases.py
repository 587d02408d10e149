"""What a text states as its bases, where the noun stands once for two numbers."""

import pytest

from wherewithal.analytics import claims
from wherewithal.core.document import Line, blocks


def bases(text):
    found = claims.check(blocks([Line(text, "line 1")]), ()).bases
    return (found.cohort and found.cohort.value, found.invited and found.invited.value)


@pytest.mark.parametrize(
    ("text", "cohort", "invited"),
    [
        ("152 councils were invited and 58 responded.", 58, 152),
        ("Of 152 councils approached, 58 took part; most have a plan.", 58, 152),
        ("152 councils were invited and 58 councils responded.", 58, 152),
        ("Of those asked, 58 responded that they have a plan.", None, None),
        ("152 councils were invited, and 58 answered that they have a plan.", None, 152),
        ("In all, 58 replied.", None, None),
    ],
)
def test_who_took_part_is_found_beside_who_was_invited_and_no_answer_is_taken_for_it(text, cohort, invited):
    assert bases(text) == (cohort, invited)
