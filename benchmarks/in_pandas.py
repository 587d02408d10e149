"""The take-up measures as an analyst would count them in pandas: columns of flags, then a row a person."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

FIRST, LAST = pd.Timestamp("2024-04-01"), pd.Timestamp("2025-03-31")
SHORT = [f"Short term support: {kind}" for kind in ("ST-Max", "Ongoing low level", "Other short term")]
DIRECT_TO_CARER = "Unpaid carer support: Direct to unpaid carer"
CARERS = ["Unpaid carer", "Unpaid carer known by association"]
STAYS = ["Short term residential care", "Short term nursing care", "Other short term support"]
AIDS = ["Equipment", "Professional support: Social worker", "Professional support: Other"]
NOBODY = 99


def counted(path: Path, columns: list[str]) -> list[dict[str, Any]]:
    """A row for each council and age group, as ``take_up.sql`` gives them."""
    rows = pd.read_parquet(path, columns=columns)
    for name in ("Date_of_Birth", "Date_of_Death", "Event_Start_Date", "Event_End_Date"):
        rows[name] = pd.to_datetime(rows[name])
    rows = _flagged(rows)
    people = rows.groupby(["LA_Code", "person_key"], sort=False).agg(
        born=("Date_of_Birth", "min"), died=("Date_of_Death", "max"), client_rank=("client_rank", "min"),
        carer_rank=("carer_rank", "min"), forms=("forms", "max"), directed=("directed", "max"),
    )  # fmt: skip
    return _by_group(people)


def _flagged(rows: pd.DataFrame) -> pd.DataFrame:
    until = rows[["Event_End_Date", "Date_of_Death"]].min(axis=1).fillna(pd.Timestamp("2200-01-01"))
    starts, kind, component = rows["Event_Start_Date"], rows["Service_Type"], rows["Service_Component"]
    sound = (starts <= LAST) & (until >= starts)
    mechanism = rows["Delivery_Mechanism"]
    held = np.select(
        [
            (component == "Direct payment") | (mechanism == "Direct payment"),
            mechanism == "CASSR managed personal budget",
            mechanism == "CASSR commissioned support",
        ],
        [1, 2, 3],
        4,
    )
    client, carer = rows["Client_Type"] == "Service user", rows["Client_Type"].isin(CARERS)
    settings = [
        kind == f"Long term support: {name}"
        for name in ("Nursing care", "Residential care", "Community", "Prison")
    ]
    rank = np.select(settings, [1, 2, 2 + held, 7], NOBODY)
    rows["client_rank"] = np.where(sound & client & (until >= LAST), rank, NOBODY)
    in_year = sound & (until >= FIRST)
    of_carer = carer & (kind == DIRECT_TO_CARER)
    known = np.isin(held, (1, 4)) | component.notna()
    rows["carer_rank"] = np.where(in_year & of_carer & known, held, NOBODY)
    short = kind.isin(SHORT)
    has = in_year & ((client & (short | (kind == "Long term support: Community"))) | of_carer)
    sensory = rows["Primary_Support_Reason"].fillna("").str.startswith("Sensory support:")
    forms = np.select(
        [
            (kind == SHORT[0]) | (component == "Reablement"),
            (kind == SHORT[2]) & component.isin(STAYS),
            sensory & (short | component.isin(AIDS)),
            short,
        ],
        [1, 2, 3, 4],
        5,
    )
    rows["forms"] = np.where(has, forms, 0)
    rows["directed"] = np.where(has & (held <= 2), forms, 0)
    return rows


def _by_group(people: pd.DataFrame) -> list[dict[str, Any]]:
    born, died = people["born"], people["died"]
    people = people[born.isna() | (born <= pd.Timestamp("2007-03-31"))]
    born, died = people["born"], people["died"]
    on_last_day, in_year = died.isna() | (died >= LAST), died.isna() | (died >= FIRST)
    flags: dict[str, Any] = {"no_age": born.isna(), "old": born <= pd.Timestamp("1960-03-31")}
    for part, top in (("1a", 4), ("2a", 3)):
        flags[f"d ascof-3d-{part}"] = on_last_day & people["client_rank"].between(3, 6)
        flags[f"n ascof-3d-{part}"] = on_last_day & people["client_rank"].between(3, top)
    for part, top in (("1b", 2), ("2b", 1)):
        flags[f"d ascof-3d-{part}"] = in_year & people["carer_rank"].between(1, 3)
        flags[f"n ascof-3d-{part}"] = in_year & people["carer_rank"].between(1, top)
    less = ("", "-reablement", "-intermediate-care", "-sensory")
    names = ["revised", *("without" + "".join(less[: step + 1]) for step in (1, 2, 3)), "without-short-term"]
    for step, name in enumerate(names, 1):
        flags[f"d ni130-{name}"] = in_year & (people["forms"] >= step)
        flags[f"n ni130-{name}"] = in_year & (people["directed"] >= step)
    found = pd.DataFrame(flags).groupby(["LA_Code", "no_age", "old"]).sum()
    return found.reset_index().to_dict("records")
