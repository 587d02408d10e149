"""How a wave stands, read for its pages: the field, the rates, what can be done next."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils import timezone

from wherewithal.actions.survey_invite import may_be_told, why_not_told_again
from wherewithal.actions.survey_seal import opened_from
from wherewithal.core import survey as rules
from wherewithal.core.questions import Questionnaire, worded
from wherewithal.core.survey import MODE_WORDS, Accepts, Field, Invited, Mode, Rate
from wherewithal.records.asking import asked_in
from wherewithal.records.models import Invitation, Wave

_CODE = re.compile(r"\(([a-z]{2,3}(?:-[A-Za-z]{2,4})?)\)$")
ENDS = time(17)  # a day's survey ends at five
COLOURS = {"draft": "blue", "open": "green", "closed": "grey", "released": "purple"}


def at_hour(day: date, hour: time) -> datetime:
    """The hour of a day, in London."""
    return datetime.combine(day, hour, timezone.get_default_timezone())


def found(slug: str) -> Wave:
    """The wave at an address. Raises Http404."""
    wave = Wave.objects.filter(slug=slug).select_related("cloned_from").first()
    if wave is None:
        raise Http404(f"There is no survey at “{slug}”.")
    return wave


@dataclass(frozen=True)
class Standing:
    """A wave at a moment, its questions in the ``language`` that was chosen of theirs ('' is the first)."""

    wave: Wave
    at: datetime
    language: str = ""

    @cached_property
    def questionnaire(self) -> Questionnaire:
        return worded(asked_in(self.wave), self.language)

    @property
    def languages(self) -> list[str]:
        """The other languages of the questions, as the questionnaire calls them."""
        return [one.language for one in self.questionnaire.translations]

    @property
    def spoken(self) -> str:
        """The code of the language chosen, for screen readers, where its name ends so: ``Welsh (cy)``."""
        found = _CODE.search(self.language) if self.language in self.languages else None
        return found[1] if found else ""

    @cached_property
    def invitations(self) -> list[Invitation]:
        """By region, type and name, without envelopes."""
        rows = self.wave.invitations.defer("envelope").select_related("replaces")
        return list(rows.order_by("region", "type", "name"))

    @cached_property
    def invited(self) -> tuple[Invited, ...]:
        return tuple(
            Invited(one.code, one.name, one.region, one.type, one.state, one.answered, one.targeted)
            for one in self.invitations
        )

    @cached_property
    def field(self) -> Field:
        return rules.field(self.invited)

    @property
    def grid(self) -> list[dict[str, Any]]:
        """A row a region, a cell a type, with their sums last; who is only listed is counted beside."""
        regions = [(region, region) for region in self.field.regions]
        return [
            {"title": title, "region": region, "cells": [self._cell(region, type) for type in self.columns]}
            for title, region in [*regions, ("All regions", "")]
        ]

    @property
    def columns(self) -> list[str]:
        """Types across, and '' for all of them."""
        return [*self.field.types, ""]

    def _cell(self, region: str, type: str) -> dict[str, Any]:
        within = [one for one in self.invited if region in ("", one.region) and type in ("", one.type)]
        cell = self.field.cell(region, type)
        return {
            "type": type,
            "all": cell.all,
            "targeted": cell.targeted,
            "listed": sum(one.state == "listed" and not one.answered for one in within),
            "in_sample": sum(one.targeted for one in within),
        }

    @property
    def rates(self) -> list[tuple[str, Rate]]:
        """All, and where a sample was drawn the sample and the others apart."""
        whole = self.field.cell("", "")
        if self.wave.sample_seed is None:
            return [("All", whole.all)]
        return [("The sample", whole.targeted), ("Outside the sample", whole.open), ("All", whole.all)]

    @property
    def missing(self) -> tuple[Invited, ...]:
        return rules.missing(self.invited)

    @cached_property
    def tellable(self) -> list[Invitation]:
        """Who may be written to now: first invitations and reminders."""
        return [one for one in self.invitations if may_be_told(one, self.wave, self.at)]

    @property
    def not_reminded(self) -> list[tuple[str, int]]:
        """Why no reminder goes to some of the silent who were invited, in words, and to how many."""
        silent = [one for one in self.invitations if one.state != "listed" and not one.answered]
        return Counter(why for one in silent if (why := why_not_told_again(one, self.at))).most_common()

    @property
    def reminders(self) -> int:
        """Reminders that went out."""
        return sum(len(one.reminded) for one in self.invitations)

    @property
    def without_address(self) -> int:
        return sum(not one.email for one in self.invitations)

    @property
    def accepts(self) -> Accepts:
        wave = self.wave
        return rules.accepts(
            mode=wave.mode, state=wave.state, opens_at=wave.opens_at, closes_at=wave.closes_at, at=self.at
        )

    @property
    def time_left(self) -> str:
        """Days to the closing, in words."""
        if self.wave.state not in ("draft", "open"):
            return "closed"
        days = (timezone.localdate(self.wave.closes_at) - timezone.localdate(self.at)).days
        if self.at >= self.wave.closes_at:
            return "its time is over; close it"
        return {0: "closes today", 1: "closes tomorrow"}.get(days, f"{days} days to the closing")

    @property
    def opened_from(self) -> int:
        """How many answers an anonymous wave needs for any to be opened."""
        return opened_from(self.wave)

    @property
    def sealed(self) -> int:
        """How many sealed answers wait for the close."""
        return self.wave.invitations.exclude(envelope=None).count()

    @property
    def unread(self) -> int:
        """How many answers to an anonymous wave were wiped unread when it closed."""
        if self.wave.mode != Mode.ANONYMOUS or self.wave.state in ("draft", "open"):
            return 0
        return 0 if self.wave.replies.exists() else self.wave.invitations.filter(answered=True).count()

    @property
    def mode_words(self) -> tuple[str, str]:
        return MODE_WORDS[Mode(self.wave.mode)]

    @property
    def colour(self) -> str:
        return COLOURS[self.wave.state]
