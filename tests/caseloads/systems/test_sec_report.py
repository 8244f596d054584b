"""What SEC's report showed at a moment: the lines as they were then, each from and until."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from caseloads.systems.sec.codes import SecStatus
from caseloads.systems.sec.models import SecLine
from caseloads.systems.sec.report import report
from providers.kinds import Language, Service, Setting
from tests import build

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 11, 20, 3, 0, tzinfo=build.NEW_YORK)
OSIS = 900_000_001


def line(**columns: Any) -> SecLine:
    """Insert a line of the report that is shown since a Friday night."""
    known: dict[str, Any] = {
        "osis": OSIS,
        "service": Service.SPEECH,
        "language": Language.ENGLISH,
        "setting": Setting.GROUP,
        "frequency": 3,
        "duration": 30,
        "group_size": 2,
        "status": SecStatus.ASSIGNED,
        "provider_number": 500_001,
        "from_at": NIGHT,
    }
    return SecLine.objects.create(**known | columns)


def shown(at: datetime, *osis: int) -> list[int]:
    """Return the lines shown at a moment."""
    return sorted(one.id for one in report(osis or (OSIS,), at=at))


def test_a_line_is_shown_from_its_night_until_its_last() -> None:
    row = line(until_at=build.NOW)
    instant = timedelta(microseconds=1)
    assert shown(NIGHT - instant) == []
    assert shown(NIGHT) == [row.pk]
    assert shown(build.NOW - instant) == [row.pk]
    assert shown(build.NOW) == []


def test_what_took_a_lines_place_is_shown_from_the_same_moment_on() -> None:
    old, new = line(until_at=build.NOW), line(from_at=build.NOW, frequency=2)
    assert shown(build.NOW - timedelta(hours=1)) == [old.pk]
    assert shown(build.NOW) == [new.pk]


def test_only_the_students_asked_for_are_read() -> None:
    line()
    other = line(osis=OSIS + 1)
    assert shown(build.NOW, OSIS + 1) == [other.pk]
    assert report([], at=build.NOW) == []


def test_a_line_says_what_sec_says_in_secs_words() -> None:
    line(status=SecStatus.RECEIVING, first_attend=date(2026, 11, 16))
    (one,) = report([OSIS], at=build.NOW)
    assert one.word.label == "Receiving"
    assert one.key == (Service.SPEECH, Language.ENGLISH, Setting.GROUP)
    assert (one.frequency, one.duration, one.group_size) == (3, 30, 2)
    assert (one.provider_number, one.first_attend, one.from_at) == (500_001, date(2026, 11, 16), NIGHT)
