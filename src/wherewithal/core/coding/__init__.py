"""Qualitative coding: what people wrote, called by the codes of a codebook.

``book`` holds the codes, ``passages`` what is coded and how it is underlined, ``versions`` what a new
codebook does to codings, ``agreement`` the figures for two coders, ``comparing`` their sets beside each other
and the one that they agree on.
"""

from wherewithal.core.coding.agreement import Agreement, Kappa, Status
from wherewithal.core.coding.book import Code, Codebook, mistakes
from wherewithal.core.coding.comparing import (
    Apart,
    Comparison,
    Disagreement,
    Resolved,
    compare_answers,
    compare_characters,
    disagreements,
    resolve,
)
from wherewithal.core.coding.passages import (
    CannotCode,
    Coding,
    Passage,
    Run,
    Source,
    as_text,
    check_alone,
    code_passage,
    passage,
    passage_of,
    runs,
)
from wherewithal.core.coding.versions import Again, Became, Carried, Fate, became, carry, read_anew

__all__ = [
    "Again",
    "Agreement",
    "Apart",
    "Became",
    "CannotCode",
    "Carried",
    "Code",
    "Codebook",
    "Coding",
    "Comparison",
    "Disagreement",
    "Fate",
    "Kappa",
    "Passage",
    "Resolved",
    "Run",
    "Source",
    "Status",
    "as_text",
    "became",
    "carry",
    "check_alone",
    "code_passage",
    "compare_answers",
    "compare_characters",
    "disagreements",
    "mistakes",
    "passage",
    "passage_of",
    "read_anew",
    "resolve",
    "runs",
]
