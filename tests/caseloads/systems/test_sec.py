"""SEC: a report that follows CAP a day later and hears of the call itself, kept so that any day can be shown (R2)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from caseloads.models import SecCarried, SecLine, SecNotice
from caseloads.systems.contract import Shown
from caseloads.systems.sec.codes import SecStatus
from caseloads.systems.sec.gateway import SecGateway, expected_after
from providers.kinds import Service
from tests import build
from tests.caseloads.calls import Scene, scene
from tests.caseloads.systems.cases import DAY, EARLIER, carried, message

pytestmark = pytest.mark.django_db

SEC = SecGateway()
FIRST = datetime(2026, 11, 25, 3, 0, tzinfo=build.NEW_YORK)
SECOND, THIRD = FIRST + DAY, FIRST + 2 * DAY


@pytest.fixture
def here() -> Scene:
    return scene()


def report(at: datetime) -> list[tuple[int, int, object]]:
    """Return SEC's report as it stood at a moment, from its from and until alone."""
    from_then = SecLine.objects.filter(from_at__lte=at)
    rows = [row for row in from_then.order_by("service", "setting") if row.until_at is None or row.until_at > at]
    return [(row.service, row.status, row.first_attend) for row in rows]


def test_the_report_says_what_was_carried(here: Scene) -> None:
    SEC.carry([carried(here.mandate, SecStatus.CONTRACTING)], now=FIRST)
    assert report(FIRST) == []
    assert SEC.settle(now=FIRST) == []
    row = SecLine.objects.get()
    assert (row.osis, row.service, row.language, row.setting) == (here.osis, 1, 1, 2)
    assert (row.frequency, row.duration, row.group_size) == (3, 30, 2)
    assert (row.status, row.from_at, row.until_at) == (SecStatus.CONTRACTING, FIRST, None)


def test_nothing_is_received_before_sec_has_heard_of_the_call(here: Scene) -> None:
    """CAP has it and its day has passed, but SEC's own message is still on its way."""
    SEC.carry([carried(here.mandate, SecStatus.RECEIVING, EARLIER)], now=FIRST)
    SEC.settle(now=FIRST)
    assert report(FIRST) == [(1, SecStatus.ASSIGNED, None)]
    sent = message(here.provider, here.mandate, session_on=EARLIER)
    SEC.take([sent], now=FIRST + timedelta(hours=5))
    assert SEC.settle(now=SECOND) == [Shown(sent.delivery, SECOND)]
    assert report(SECOND) == [(1, SecStatus.RECEIVING, EARLIER)]


def test_nothing_is_received_before_cap_has_it_either(here: Scene) -> None:
    SEC.carry([carried(here.mandate)], now=FIRST)
    SEC.take([message(here.provider, here.mandate)], now=build.NOW)
    assert SEC.settle(now=FIRST) == []
    assert report(FIRST) == [(1, SecStatus.ASSIGNED, None)]
    SEC.carry([carried(here.mandate, SecStatus.RECEIVING, EARLIER)], now=SECOND)
    assert len(SEC.settle(now=SECOND)) == 1


def test_a_call_for_a_line_that_cap_does_not_hold_stays_unseen(here: Scene) -> None:
    SEC.take([message(here.provider, here.mandate)], now=build.NOW)
    assert SEC.settle(now=FIRST) == []
    assert report(FIRST) == []
    assert SEC.next_due(after=FIRST) == SECOND


def test_one_setting_heard_of_is_not_the_other(here: Scene) -> None:
    alone = build.mandate(here.mandate.iep, group_size=1)
    lines = [carried(one, SecStatus.RECEIVING, EARLIER) for one in (here.mandate, alone)]
    SEC.carry(lines, now=FIRST)
    SEC.take([message(here.provider, alone, session_on=EARLIER)], now=build.NOW)
    SEC.settle(now=FIRST)
    assert report(FIRST) == [(1, SecStatus.RECEIVING, EARLIER), (1, SecStatus.ASSIGNED, None)]


def test_a_message_is_not_heard_before_it_came(here: Scene) -> None:
    SEC.carry([carried(here.mandate, SecStatus.RECEIVING, EARLIER)], now=FIRST)
    SEC.take([message(here.provider, here.mandate)], now=SECOND)
    assert SEC.settle(now=FIRST) == []
    assert report(FIRST) == [(1, SecStatus.ASSIGNED, None)]
    assert len(SEC.settle(now=SECOND)) == 1


def test_another_providers_message_is_not_the_first_ones(here: Scene) -> None:
    """CAP has the first of two calls, whose own message to SEC is parked: SEC shows the one it has heard of."""
    other = build.provider(at=here.school)
    first = message(here.provider, here.mandate, session_on=EARLIER)
    second = message(other, here.mandate, session_on=build.TODAY)
    SEC.carry([carried(here.mandate, SecStatus.RECEIVING, EARLIER, here.provider)], now=FIRST)
    SEC.take([second], now=FIRST)
    assert SEC.settle(now=FIRST) == [Shown(second.delivery, FIRST)]
    assert report(FIRST) == [(1, SecStatus.RECEIVING, build.TODAY)]
    assert SecLine.objects.get(until_at=None).provider_number == other.number
    SEC.take([first], now=SECOND)
    assert SEC.settle(now=SECOND) == [Shown(first.delivery, SECOND)]
    assert report(SECOND) == [(1, SecStatus.RECEIVING, EARLIER)]
    assert SecLine.objects.get(until_at=None).provider_number == here.provider.number


def test_a_call_that_cap_has_not_got_is_not_shown_by_a_later_one(here: Scene) -> None:
    """The other way about: SEC heard of the first call, CAP only of the second, which SEC has not got."""
    first = message(here.provider, here.mandate, session_on=EARLIER)
    second = message(build.provider(), here.mandate, session_on=build.TODAY)
    SEC.carry([carried(here.mandate, SecStatus.RECEIVING, build.TODAY)], now=FIRST)
    SEC.take([first], now=FIRST)
    assert SEC.settle(now=FIRST) == []
    assert report(FIRST) == [(1, SecStatus.ASSIGNED, None)]
    SEC.take([second], now=SECOND)
    assert SEC.settle(now=SECOND) == [Shown(second.delivery, SECOND)]
    assert report(SECOND) == [(1, SecStatus.RECEIVING, build.TODAY)]
    SEC.carry([carried(here.mandate, SecStatus.RECEIVING, EARLIER)], now=THIRD)
    assert SEC.settle(now=THIRD) == [Shown(first.delivery, THIRD)]
    assert report(THIRD) == [(1, SecStatus.RECEIVING, EARLIER)]


def test_of_two_messages_heard_the_earliest_session_is_shown(here: Scene) -> None:
    messages = [message(build.provider(), here.mandate, session_on=on) for on in (build.TODAY, EARLIER, EARLIER + DAY)]
    SEC.take(messages, now=build.NOW)
    SEC.carry([carried(here.mandate, SecStatus.RECEIVING, EARLIER)], now=FIRST)
    assert len(SEC.settle(now=FIRST)) == 3
    assert report(FIRST) == [(1, SecStatus.RECEIVING, EARLIER)]


def test_the_report_of_every_past_day_can_still_be_shown(here: Scene) -> None:
    SEC.carry([carried(here.mandate, SecStatus.AWAITING)], now=FIRST)
    SEC.settle(now=FIRST)
    SEC.carry([carried(here.mandate, SecStatus.RECEIVING, EARLIER)], now=SECOND)
    SEC.take([message(here.provider, here.mandate, session_on=EARLIER)], now=FIRST + timedelta(hours=1))
    SEC.settle(now=SECOND)
    SEC.carry([carried(here.mandate, None)], now=THIRD)
    SEC.settle(now=THIRD)
    minute = timedelta(minutes=1)
    assert report(FIRST - minute) == []
    assert report(FIRST) == report(SECOND - minute) == [(1, SecStatus.AWAITING, None)]
    assert report(SECOND) == report(THIRD - minute) == [(1, SecStatus.RECEIVING, EARLIER)]
    assert report(THIRD) == []
    assert SecLine.objects.count() == 2


def test_a_night_without_news_writes_nothing(here: Scene) -> None:
    SEC.carry([carried(here.mandate)], now=FIRST)
    SEC.settle(now=FIRST)
    before = list(SecLine.objects.values())
    for night in (SECOND, THIRD):
        SEC.carry([carried(here.mandate)], now=night)
        SEC.settle(now=night)
    assert list(SecLine.objects.values()) == before


def test_the_last_line_of_a_key_counts(here: Scene) -> None:
    SEC.carry([carried(here.mandate, None), carried(here.mandate, SecStatus.CONTRACTING)], now=FIRST)
    assert SecCarried.objects.get().status == SecStatus.CONTRACTING
    SEC.carry([carried(here.mandate, SecStatus.ASSIGNED), carried(here.mandate, None)], now=SECOND)
    assert not SecCarried.objects.exists()


def test_closing_one_line_leaves_the_others(here: Scene) -> None:
    other = build.mandate(here.mandate.iep, Service.COUNSELING)
    SEC.carry([carried(here.mandate), carried(other)], now=FIRST)
    SEC.settle(now=FIRST)
    SEC.carry([carried(here.mandate, None)], now=SECOND)
    SEC.settle(now=SECOND)
    assert report(SECOND) == [(Service.COUNSELING, SecStatus.ASSIGNED, None)]


def test_carrying_nothing_changes_nothing(here: Scene) -> None:
    SEC.carry([carried(here.mandate)], now=FIRST)
    SEC.carry([], now=SECOND)
    assert SecCarried.objects.get().carried == FIRST


@pytest.mark.parametrize(
    ("received", "by"),
    [
        (datetime(2026, 11, 24, 1, 59, tzinfo=build.NEW_YORK), datetime(2026, 11, 25, 6, 0, tzinfo=build.NEW_YORK)),
        (datetime(2026, 11, 24, 2, 0, tzinfo=build.NEW_YORK), datetime(2026, 11, 26, 6, 0, tzinfo=build.NEW_YORK)),
        (datetime(2026, 11, 24, 7, 41, tzinfo=build.NEW_YORK), datetime(2026, 11, 26, 6, 0, tzinfo=build.NEW_YORK)),
    ],
)
def test_a_call_is_promised_for_the_morning_after_caps_night_and_a_day(received: datetime, by: datetime) -> None:
    assert expected_after(received) == by


def test_the_next_night_is_due_while_a_notice_waits(here: Scene) -> None:
    SEC.take([message(here.provider, here.mandate)], now=build.NOW)
    assert SEC.next_due(after=build.NOW) == FIRST
    SecNotice.objects.update(applied=FIRST)
    assert SEC.next_due(after=build.NOW) is None
