"""The picture alone, with polars, lazily and from files on disk: a line per row with every system side by side.

Run as ``python -m tests.benchmarks.pictures.with_polars DIRECTORY``; prints seconds and rows as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import polars as pl

KEY = ["osis", "service", "language", "setting"]


def scan(directory: Path, kind: str) -> pl.LazyFrame:
    """Return a file, not yet read."""
    return pl.scan_csv(directory / f"{kind}.csv", infer_schema_length=10_000, try_parse_dates=False)


def picture(directory: Path) -> pl.DataFrame:
    """Return the picture."""
    shape = ["frequency", "duration", "group_size"]
    latest = scan(directory, "sesis-status").filter(
        pl.col("governs_until").is_null() & pl.col("governs_from").is_not_null()
    )
    sesis = scan(directory, "sesis-mandates").join(latest.select("osis", "version", "transfer"), on=["osis", "version"])
    cap = scan(directory, "cap-mandates").filter(pl.col("status") != "closed")
    receipt = scan(directory, "sec-receipt").select(*KEY, "provider", "first_attend", "from")
    sec = scan(directory, "sec-services").join(receipt, on=KEY)
    calls = (
        scan(directory, "ivr-calls")
        .filter(pl.col("outcome") == "accepted")
        .group_by(KEY[:3])
        .agg(pl.col("received").min(), pl.len().alias("calls"))
    )
    entries = scan(directory, "caseload").filter(pl.col("state") != "ended").unique("mandate", keep="any")
    assigned = scan(directory, "assignments").filter(pl.col("ends").is_null()).unique("mandate", keep="any")
    roster = scan(directory, "roster").filter(pl.col("ends").is_null()).unique("osis", keep="any")
    whole = sesis.join(cap, on=KEY, how="full", coalesce=True, suffix="_cap")
    whole = whole.join(sec, on=KEY, how="full", coalesce=True, suffix="_sec")
    whole = whole.join(calls, on=KEY[:3], how="left")
    whole = whole.join(
        entries.select("mandate", "provider", "state", "since"), on="mandate", how="left", suffix="_entry"
    )
    whole = whole.join(assigned.select("mandate", "provider"), on="mandate", how="left", suffix="_assigned")
    whole = whole.join(roster.select("osis", "dbn"), on="osis", how="left")
    agrees = [(pl.col(name) == pl.col(f"{name}_cap")).alias(f"{name}_agrees") for name in shape]
    return whole.with_columns(agrees).collect()


if __name__ == "__main__":
    start = time.perf_counter()
    rows = len(picture(Path(sys.argv[1])))
    print(json.dumps({"seconds": time.perf_counter() - start, "rows": rows}))
