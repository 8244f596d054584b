"""The e-mails that wait: sent, tried again, given up, and never while mail is only kept (R12)."""

from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from pytest_django import Settings

from caseloads.contracting.outgoing import TRIES, send_due
from caseloads.models import Message
from caseloads.models.message import MessageState
from tests import build
from tests.caseloads.contracting.scene import Bench, bench
from tests.threads import at_once

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def sending(settings: Settings) -> None:
    """Be a portal whose mail goes out; the test runner keeps it in a list."""
    settings.MAIL_IS_SENT = True


def waiting(here: Bench) -> Message:
    """Return the e-mail of an offer that waits."""
    here.offer(here.log())
    return Message.objects.get()


def broken(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Have the mail server fail."""

    def fail(_self: EmailBackend, _messages: list[object]) -> int:
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", fail)


def test_kept_mail_is_never_sent(here: Bench) -> None:
    message = waiting(here)
    assert (message.state, message.due) == (MessageState.KEPT, None)
    assert send_due(now=build.REAL + 365 * 24 * 60 * MINUTE) == 0
    assert mail.outbox == []


def test_what_waits_is_sent_once_as_it_was_written(here: Bench, sending: None) -> None:
    message = waiting(here)
    assert (message.state, message.due) == (MessageState.WAITING, build.REAL)
    assert (send_due(now=build.REAL), send_due(now=build.REAL + 60 * MINUTE)) == (1, 0)
    (sent,) = mail.outbox
    assert (sent.to, sent.cc) == ([here.agency.email], ["related-services@school.example"])
    assert (sent.subject, sent.body) == (message.subject, message.body)
    message.refresh_from_db()
    assert (message.state, message.sent, message.due) == (MessageState.SENT, build.REAL, None)


def test_what_is_not_due_yet_waits(here: Bench, sending: None) -> None:
    waiting(here)
    assert send_due(now=build.REAL - MINUTE) == 0


@pytest.mark.parametrize("error", [SMTPServerDisconnected("gone"), ConnectionRefusedError("refused"), TimeoutError()])
def test_what_the_server_does_not_take_is_tried_again_twice_as_late_each_time(
    here: Bench, sending: None, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    message = waiting(here)
    with monkeypatch.context() as patch:
        broken(patch, error)
        assert send_due(now=build.REAL) == 0
    message.refresh_from_db()
    assert (message.state, message.attempts, message.due) == (MessageState.WAITING, 1, build.REAL + 5 * MINUTE)
    assert message.reason == f"The mail server did not take it: {type(error).__name__}"
    assert here.agency.email not in message.reason
    assert send_due(now=build.REAL + 5 * MINUTE) == 1


def test_after_eight_tries_it_is_given_up_and_says_so(
    here: Bench, sending: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = waiting(here)
    broken(monkeypatch, SMTPServerDisconnected("gone"))
    now: datetime = build.REAL
    waits = []
    for _ in range(TRIES):
        send_due(now=now)
        message.refresh_from_db()
        if message.due is not None:
            waits.append(message.due - now)
            now = message.due
    assert waits == [5 * MINUTE * 2**place for place in range(TRIES - 1)]
    assert (message.state, message.attempts) == (MessageState.GIVEN_UP, TRIES)
    assert send_due(now=now + 365 * 24 * 60 * MINUTE) == 0


def test_mail_of_a_worker_that_died_is_sent_once_its_claim_has_run_out(
    here: Bench, sending: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(here)

    class Killed(BaseException):
        pass

    with monkeypatch.context() as patch:
        broken(patch, Killed())  # type: ignore[arg-type] # what ends a process is no Exception
        with pytest.raises(Killed):
            send_due(now=build.REAL)
    assert send_due(now=build.REAL + 9 * MINUTE) == 0
    assert send_due(now=build.REAL + 10 * MINUTE) == 1


def test_one_that_fails_does_not_hold_up_the_next(here: Bench, sending: None, monkeypatch: pytest.MonkeyPatch) -> None:
    vacancy = here.log()
    here.offer(vacancy)
    here.offer(vacancy, here.other)
    whole = EmailBackend.send_messages

    def fussy(self: EmailBackend, messages: list[mail.EmailMessage]) -> int:
        if messages[0].to == [here.agency.email]:
            raise SMTPServerDisconnected("gone")
        return whole(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", fussy)
    assert send_due(now=build.REAL) == 1
    assert [one.to for one in mail.outbox] == [[here.other.email]]


@pytest.mark.django_db(transaction=True)
def test_twelve_senders_at_once_send_each_once(settings: Settings) -> None:
    settings.MAIL_IS_SENT = True
    here = bench()
    vacancy = here.log()
    here.offer(vacancy)
    here.offer(vacancy, here.other)
    assert sum(at_once([lambda: send_due(now=build.REAL)] * 12)) == 2
    assert len(mail.outbox) == 2
