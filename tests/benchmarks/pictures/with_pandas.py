"""The picture alone, with pandas, from files on disk: a line per row with SESIS, CAP, SEC, calls, caseload, assignment.

Run as ``python -m tests.benchmarks.pictures.with_pandas DIRECTORY``; prints seconds and rows as JSON.  Every column's
type is known beforehand, closed lists are categories with the same codes in every file, and the key is one number.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd
from django.db.models import IntegerChoices

from caseloads.kinds import Transfer
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.sec.codes import SecStatus
from providers.kinds import Language, Service, Setting

LISTS = {"service": Service, "language": Language, "setting": Setting, "transfer": Transfer}
LINE = ("osis", "service", "language", "setting")
SHAPE = ("frequency", "duration", "group_size")
NULLABLE = {"provider": "float64"}


def listed(kind: Iterable[IntegerChoices]) -> pd.CategoricalDtype:
    """Return a closed list's words, in the order of its numbers."""
    return pd.CategoricalDtype([member.name.lower().replace("_", "-") for member in kind])


TYPES: dict[str, object] = {
    **{name: listed(kind) for name, kind in LISTS.items()},
    **dict.fromkeys(("osis", "version", "mandate", *SHAPE), "int64"),
    **NULLABLE,
}


def read(directory: Path, kind: str, *columns: str, types: Mapping[str, object] | None = None) -> pd.DataFrame:
    """Return a file's columns."""
    known = {name: TYPES[name] for name in columns if name in TYPES} | dict(types or {})
    return pd.read_csv(directory / f"{kind}.csv", usecols=list(columns), dtype=known, engine="pyarrow")


def topic(rows: pd.DataFrame) -> pd.Series:
    """Return student, service and language as one number."""
    codes = [rows[name].cat.codes.astype("int64") for name in ("service", "language")]
    return (rows["osis"].astype("int64") * 32 + codes[0]) * 32 + codes[1]


def keyed(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the line and its topic, each as one number."""
    rows["topic"] = topic(rows)
    rows["line"] = rows["topic"] * 4 + rows["setting"].cat.codes.astype("int64")
    return rows


def picture(directory: Path) -> pd.DataFrame:
    """Return the picture."""
    documents = read(directory, "sesis-status", "osis", "version", "governs_from", "governs_until", "transfer")
    latest = documents[documents["governs_until"].isna() & documents["governs_from"].notna()]
    mandates = read(directory, "sesis-mandates", *LINE, "version", "mandate", *SHAPE, "starts", "ends")
    sesis = keyed(mandates.merge(latest[["osis", "version", "transfer"]], on=["osis", "version"]))
    cap = keyed(
        read(
            directory,
            "cap-mandates",
            *(*LINE, *SHAPE, "starts", "ends", "status", "provider", "first_attend", "since"),
            types={"status": listed(CapStatus)},
        )
    )
    cap = cap[cap["status"] != "closed"].drop(columns=[*LINE, "topic"])
    status = {"status": listed(SecStatus)}
    services = keyed(read(directory, "sec-services", *LINE, *SHAPE, "status", types=status)).drop(columns=[*LINE])
    receipt = keyed(read(directory, "sec-receipt", *LINE, "provider", "first_attend", "from"))
    sec = services.drop(columns="topic").merge(receipt.drop(columns=[*LINE, "topic"]), on="line")
    calls = read(
        directory,
        "ivr-calls",
        "outcome",
        "osis",
        "service",
        "language",
        "provider",
        "received",
        types={"osis": "float64"},
    )
    calls = calls[(calls["outcome"] == "accepted") & calls["osis"].notna()]
    called = calls.groupby(topic(calls))["received"].agg(["min", "count"])
    entries = read(directory, "caseload", "mandate", "provider", "state", "since")
    entries = entries[entries["state"] != "ended"].drop_duplicates("mandate")
    assigned = read(directory, "assignments", "mandate", "provider", "starts", "ends")
    assigned = assigned[assigned["ends"].isna()].drop_duplicates("mandate")
    roster = read(directory, "roster", "osis", "dbn", "ends")
    roster = roster[roster["ends"].isna()].drop_duplicates("osis")
    whole = sesis.merge(cap, on="line", how="outer", suffixes=("", "_cap"))
    whole = whole.merge(sec, on="line", how="outer", suffixes=("", "_sec"))
    whole = whole.merge(called, left_on="topic", right_index=True, how="left")
    whole = whole.merge(entries, on="mandate", how="left", suffixes=("", "_entry"))
    whole = whole.merge(assigned, on="mandate", how="left", suffixes=("", "_assigned"))
    whole = whole.merge(roster[["osis", "dbn"]], on="osis", how="left")
    for name in SHAPE:
        whole[f"{name}_agrees"] = whole[name] == whole[f"{name}_cap"]
    return whole


if __name__ == "__main__":
    start = time.perf_counter()
    rows = len(picture(Path(sys.argv[1])))
    print(json.dumps({"seconds": time.perf_counter() - start, "rows": rows}))
