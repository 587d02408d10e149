"""A large survey weighted and tabulated: ours beside svy and pandas, in one run, results compared equal."""

import time
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import svy

from benchmarks import against_svy
from wherewithal.analytics.replies import CHOSEN, HEARD, Replies
from wherewithal.analytics.share import Survey, Weighting
from wherewithal.analytics.tabulate import Table, tabulate
from wherewithal.analytics.weights import Weighted, rake
from wherewithal.core.questions import Choice, Question, Questionnaire, Section
from wherewithal.policy.disclosure import rule

REPLIES, QUESTIONS, SEED, TIMES = 10_000, 100, 2011, 3
LEVELS = [str(level) for level in range(1, 6)]
FIELD = {
    "region": {"north": 5_000, "middle": 7_000, "south": 8_000},
    "type": {"county": 6_000, "borough": 9_000, "city": 5_000},
}


def measure() -> str:
    """The table for docs/benchmarks.md. Raises AssertionError where the three do not agree to 1e-6."""
    wide, groups = _made_up()
    form, replies = _as_replies(wide, groups)
    survey = Survey("made up", rule("threshold-10"), unit="person", units="people", field=None)
    ours = _timed(lambda: _ours(form, replies, groups, survey))
    theirs = _timed(lambda: _svy(wide, groups))
    panda = _timed(lambda: _pandas(wide, ours[1][0].weights))
    _compare(ours[1], theirs[1], panda[1])
    rows = [
        ("ours: weights, shares, standard errors, bases, disclosure", ours[0]),
        ("svy: weights, shares, standard errors", theirs[0]),
        ("pandas: weighted shares alone, given the weights", panda[0]),
    ]
    lines = ["| work | seconds | of ours |", "| --- | --- | --- |"]
    lines += [f"| {what} | {seconds:.2f} | {seconds / ours[0]:.1f} |" for what, seconds in rows]
    return (
        f"{REPLIES:,} made-up replies to {QUESTIONS} questions of five levels, a tenth blank, raked by "
        f"region and type (seed {SEED}); the best of {TIMES}. Weights, shares and standard errors agree to "
        f"1e-6. svy {svy.__version__}, pandas {pd.__version__}.\n\n" + "\n".join(lines)
    )


def _made_up() -> tuple[dict[str, np.ndarray], dict[str, list[str]]]:
    """Each question's level by reply ('' for blank), and each reply's groups."""
    chance = np.random.default_rng(SEED)
    groups = {
        name: chance.choice(list(counts), REPLIES, p=chance.dirichlet([8.0] * len(counts))).tolist()
        for name, counts in FIELD.items()
    }
    wide = {
        f"q{number:03}": chance.choice([*LEVELS, ""], REPLIES, p=[*(chance.dirichlet([4.0] * 5) * 0.9), 0.1])
        for number in range(QUESTIONS)
    }
    return wide, groups


def _as_replies(wide: dict[str, np.ndarray], groups: dict[str, list[str]]) -> tuple[Questionnaire, Replies]:
    choices = tuple(Choice(level, f"Level {level}") for level in LEVELS)
    questions = tuple(Question(id, id, "likert", choices=choices) for id in wide)
    form = Questionnaire(
        "bench", "1", "Bench", "survey", date(2026, 1, 1), None, "made up", (Section("s", "S", questions),)
    )
    ids = np.repeat(list(wide), REPLIES)
    values = np.concatenate(list(wide.values()))
    number = np.tile(np.arange(REPLIES), QUESTIONS)
    answered = values != ""
    heard = pa.table(
        [number, ids, np.where(answered, "answered", "blank"), np.full(len(ids), "")], names=HEARD.names
    ).cast(HEARD)
    chosen = pa.table([number[answered], ids[answered], values[answered]], names=CHOSEN.names).cast(CHOSEN)
    return form, Replies(heard, chosen, groups, REPLIES)


def _ours(
    form: Questionnaire, replies: Replies, groups: dict[str, list[str]], survey: Survey
) -> tuple[Weighted, list[Table]]:
    people = [dict(zip(groups, one, strict=True)) for one in zip(*groups.values(), strict=True)]
    weights = rake(people, FIELD)
    return weights, tabulate(
        form, replies, survey, weighting=Weighting(weights.weights, "by region and type")
    )


def _svy(wide: dict[str, np.ndarray], groups: dict[str, list[str]]) -> tuple[np.ndarray, dict[str, dict]]:
    blank = {id: [level or None for level in levels.tolist()] for id, levels in wide.items()}
    weights = against_svy.raked(groups, FIELD)
    return weights, against_svy.shares(blank, weights)


def _pandas(wide: dict[str, np.ndarray], weights: list[float]) -> dict[str, "pd.Series[float]"]:
    frame = pd.DataFrame(wide).replace("", np.nan)
    frame["w"] = weights
    found = {}
    for id in wide:
        answered = frame.dropna(subset=[id])
        found[id] = answered.groupby(id)["w"].sum() / answered["w"].sum()
    return found


def _compare(
    ours: tuple[Weighted, list[Table]], theirs: tuple[np.ndarray, dict[str, dict]], panda: dict
) -> None:
    weighted, tables = ours
    assert np.allclose(weighted.weights, theirs[0], rtol=0, atol=1e-6)
    assert [table.question for table in tables] == list(theirs[1])
    for table in tables:
        by_level = theirs[1][table.question]
        for row in table.rows:
            cell, (share, error) = row.cells["all"], by_level[row.value]
            assert cell.weighted is not None and cell.error is not None
            assert abs(cell.weighted / 100 - share) < 1e-6, (table.question, row.value)
            assert abs(cell.error / 100 - error) < 1e-6, (table.question, row.value)
            assert abs(cell.weighted / 100 - panda[table.question][row.value]) < 1e-6


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """The best of some times, and what the last gave."""
    best, found = float("inf"), None
    for _ in range(TIMES):
        began = time.perf_counter()
        found = work()
        best = min(best, time.perf_counter() - began)
    return best, found
