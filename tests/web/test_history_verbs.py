"""Every action's verb has a heading in the history."""

import importlib
import pkgutil

from wherewithal import actions
from wherewithal.web.history_verbs import VERBS, heading


def test_every_action_has_a_heading_and_every_heading_an_action():
    modules = [
        importlib.import_module(f"wherewithal.actions.{one.name}")
        for one in pkgutil.iter_modules(actions.__path__)
    ]
    verbs = {thing.verb for module in modules for thing in vars(module).values() if hasattr(thing, "verb")}
    assert set(VERBS) == verbs


def test_a_heading_is_plain_words_and_what_is_not_known_stands_as_it_was_kept():
    assert heading("propose budget") == "Worked out the indicative budget"
    assert heading("an old verb") == "An old verb"
    assert heading("") == "Changed outside an action"
