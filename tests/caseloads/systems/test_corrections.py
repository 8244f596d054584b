"""What offices put right: SEC hears of CAP's corrections a day later, and a document that was passed over goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from caseloads.kinds import Transfer
from caseloads.models import CapChange, CapMandate, Mandate, SecNotice
from caseloads.propagation.corrections import catch_up_sec
from caseloads.systems.cap import corrections as cap
from caseloads.systems.cap.codes import CapStatus
from caseloads.systems.cap.gateway import CapGateway
from caseloads.systems.sec.gateway import SecGateway
from caseloads.systems.sesis import documents
from caseloads.systems.sesis.corrections import queue_again
from providers.kinds import Language, Setting
from tests import build
from tests.caseloads.calls import Scene, scene
from tests.caseloads.systems.cases import cap_mandate, message

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
YESTERDAY = build.NOW - DAY


@pytest.fixture
def here() -> Scene:
    return scene()


def key_of(mandate: Mandate) -> dict[str, int]:
    """Return what tells a line from others in CAP."""
    named = {name: getattr(mandate, name) for name in ("service", "language", "setting")}
    return {"osis": mandate.student.osis, **named}


def shape(mandate: Mandate, frequency: int) -> tuple[object, ...]:
    """Return a line's figures with another frequency."""
    return (frequency, mandate.duration, mandate.group_size, mandate.starts, mandate.ends)


def test_a_correction_is_kept_for_sec_although_cap_changes_again(here: Scene) -> None:
    row, key = cap_mandate(here.mandate), key_of(here.mandate)
    held = (key["language"], key["setting"])
    assert cap.correct(key=key, held=held, shape=shape(here.mandate, 4), now=build.NOW) == 1
    cap.correct(key=key, held=held, shape=shape(here.mandate, 5), now=build.NOW + DAY)
    (told,) = CapGateway().changed(since=YESTERDAY, until=build.NOW)
    assert told[:5] == (*key.values(), 4)
    row.refresh_from_db()
    assert (row.frequency, row.since) == (5, build.NOW + DAY)
    assert list(CapChange.objects.order_by("since").values_list("frequency", "since")) == [
        (4, build.NOW),
        (5, build.NOW + DAY),
    ]


def test_a_closed_row_is_kept_for_sec(here: Scene) -> None:
    cap_mandate(here.mandate)
    assert cap.close(key=key_of(here.mandate), now=build.NOW) == 1
    (told,) = CapGateway().changed(since=YESTERDAY, until=build.NOW)
    assert told[7] == CapStatus.CLOSED
    assert CapChange.objects.get().since == build.NOW


def test_another_language_closes_the_row_under_the_one_before(here: Scene) -> None:
    row, key = cap_mandate(here.mandate), key_of(here.mandate)
    spoken, setting = Language.POLISH, Setting(key["setting"])
    CapMandate.objects.update(language=spoken)
    assert cap.correct(key=key, held=(spoken, setting), shape=shape(here.mandate, 3), now=build.NOW) == 1
    row.refresh_from_db()
    assert row.language == key["language"]
    gone = CapMandate.objects.get(language=spoken)
    assert (gone.status, gone.since, gone.setting) == (CapStatus.CLOSED, build.NOW, setting)
    assert sorted(CapChange.objects.values_list("language", "status")) == sorted(
        [(key["language"], row.status), (spoken, CapStatus.CLOSED)]
    )


def test_nothing_is_closed_where_nothing_was_corrected(here: Scene) -> None:
    key = key_of(here.mandate)
    assert cap.correct(key=key, held=(9, 1), shape=shape(here.mandate, 3), now=build.NOW) == 0
    assert not CapMandate.objects.exists()


def test_what_sec_misheard_of_a_call_stays_right_after_it_was_put_right(here: Scene) -> None:
    key = key_of(here.mandate)
    cap_mandate(here.mandate, first_attend=build.TODAY, status=CapStatus.FIRST_ATTENDED, provider_number=700_001)
    SecGateway().take([message(here.provider, here.mandate)], now=YESTERDAY)
    SecNotice.objects.update(provider_number=599_999, session_on=build.TODAY - DAY)
    catch_up_sec(**key, now=build.NOW)
    notice = SecNotice.objects.get()
    assert (notice.provider_number, notice.session_on) == (700_001, build.TODAY)


def test_a_document_that_is_passed_over_waits_until_it_is_queued_again(here: Scene) -> None:
    iep = here.mandate.iep
    type(iep).objects.filter(pk=iep.pk).update(transfer=Transfer.NEVER, passed_over=True)
    assert documents.to_download(now=build.NOW) == []
    queue_again(iep_id=iep.pk, now=build.NOW)
    assert [one.iep for one in documents.to_download(now=build.NOW + DAY)] == [iep.pk]
