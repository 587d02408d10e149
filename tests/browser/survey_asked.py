"""Two open surveys, one confidential and one anonymous, and one that is closed and waits to be coded.

Run with a word for their titles. Prints the two links of a respondent and the desk's address as JSON.
"""

import json
import sys

import django

django.setup()

import coding_by  # noqa: E402 (Django first)
import surveying  # noqa: E402
from django.urls import reverse  # noqa: E402
from making import at  # noqa: E402

from wherewithal.actions import survey_mail  # noqa: E402

OPEN = {"opens_at": at(2020, 1, 1), "closes_at": at(2126, 1, 1), "destroy_keys_on": at(2126, 6, 1).date()}


def link(mode: str, title: str) -> str:
    wave, _ = surveying.opened(mode, title=title, **OPEN)
    return survey_mail.link(surveying.one_of(wave), wave, "/")


if __name__ == "__main__":
    word = sys.argv[1]
    coded = coding_by.answered(title=f"To be coded {word}")
    coding_by.book(coded)
    found = {mode: link(mode, f"{mode} {word}") for mode in ("coded", "anonymous")}
    desk = reverse("coding_desk", args=[coded.slug, coding_by.QUESTION])
    print(json.dumps(found | {"desk": desk, "slug": coded.slug}))
