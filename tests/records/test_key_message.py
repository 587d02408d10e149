"""Which key messages of surveys anybody may read: those that a public release printed, as it printed them."""

from dataclasses import replace

import pytest
import releasing
from coding_by import coders
from making import at
from releasing import DEFINITION, EMBARGO

from wherewithal.actions import key_message
from wherewithal.extract.key_messages import Heard
from wherewithal.policy.report import SectionDefinition
from wherewithal.records.key_message import printed_messages
from wherewithal.records.models import KeyMessage, Release

pytestmark = pytest.mark.django_db
SAYS = "They offer brokerage themselves."
LATER, WRITTEN = at(2126, 12, 2), at(2026, 6, 1)


def agreed(wave, says=SAYS) -> KeyMessage:
    doing = {"by": coders()[0], "at": WRITTEN}
    row = key_message.write(wave=wave, says=says, owner="The leads", action="Send it", **doing)
    key_message.stand_on_figure(message=row, question="brokerage", value="own", **doing)
    row.refresh_from_db()
    heard = Heard(wave)
    key_message.agree(message=row, evidence=heard.evidence(row), overstated=heard.overstated(row), **doing)
    return row


def printed() -> Release:
    """A release with its conclusions, in which one message stands."""
    wave = releasing.closed()
    agreed(wave)
    conclusions = SectionDefinition("Conclusions", messages=True)
    return releasing.released(
        releasing.written(wave, replace(DEFINITION, sections=(*DEFINITION.sections, conclusions)))
    )


def test_a_message_is_public_with_its_release_and_not_before():
    release = printed()
    assert printed_messages(WRITTEN) == []
    [one] = printed_messages(LATER)
    assert (one.says, one.wave, one.questions) == (SAYS, release.wave, {"brokerage"})
    assert release.embargo_until == EMBARGO


def test_what_was_written_or_worded_otherwise_after_the_release_is_not_public():
    wave = printed().wave
    agreed(wave, "Brokers are theirs.")
    assert [one.says for one in printed_messages(LATER)] == [SAYS]
    doing = {"by": coders()[0], "at": WRITTEN}
    row = KeyMessage.objects.get(says=SAYS)
    key_message.reopen(message=row, **doing)
    assert printed_messages(LATER) == []
    key_message.change(
        message=row, says="They offer brokerage.", owner="The leads", action="Send it", due_on=None, **doing
    )
    row.refresh_from_db()
    heard = Heard(wave)
    key_message.agree(message=row, evidence=heard.evidence(row), overstated=heard.overstated(row), **doing)
    assert printed_messages(LATER) == []
