"""Say how many browser journeys a test run made; fail when none ran or one was skipped.

A browser that is missing skips its journeys on a developer's machine.  Here that would be a promise kept by nobody.
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

JOURNEYS = "tests.journeys"


def verdict(report: Path) -> tuple[bool, str]:
    """Return whether the journeys in a JUnit report all ran, and the sentence that says so.

    Raises ``OSError`` when the report is missing and ``ParseError`` when it is cut short.
    """
    cases = ET.parse(report).getroot().iter("testcase")  # noqa: S314 - as above
    journeys = [case for case in cases if case.get("classname", "").startswith(JOURNEYS)]
    skipped = [case.get("name", "") for case in journeys if case.find("skipped") is not None]
    if not journeys:
        return False, "No browser journey ran."
    if skipped:
        return False, f"Browser journeys that were skipped: {', '.join(skipped)}."
    return True, f"Browser journeys that ran: {len(journeys)}."


if __name__ == "__main__":
    good, sentence = verdict(Path(sys.argv[1]))
    sys.stdout.write(f"{sentence}\n")
    sys.exit(0 if good else 1)
