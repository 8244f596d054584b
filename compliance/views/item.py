"""The page of one item, as it is opened and as it comes back with what must be put right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from caseloads.queries import pupils
from compliance.forms import AcknowledgeForm, AssignForm, HandOverForm, NoteForm
from compliance.kinds import Code, Owner, Subject
from compliance.mismatches import detail, lines
from compliance.mismatches.ages import Ages, ages
from compliance.mismatches.comparing import compare
from compliance.mismatches.facts import facts_of
from compliance.mismatches.history import history_of
from compliance.mismatches.listing import when_of, who_of, words_for
from compliance.mismatches.may import may_be_acknowledged, may_be_handed_over, may_be_taken_back
from compliance.mismatches.narrowing import Narrowed
from compliance.mismatches.offices import office
from compliance.mismatches.picking import Picked
from compliance.mismatches.seen import mark_of
from compliance.mismatches.standing import is_open
from compliance.mismatches.travel import travelled
from compliance.mismatches.wording import heading_of, service_of, title_of
from compliance.queries.rows import Finding
from compliance.queries.scope import findings_to_act_on, staff_of
from compliance.reconcile.catalogue import CATALOGUE, Entry
from compliance.views.doors import page_of
from compliance.views.picks import name_of
from orcs_portal.shared.moment import Moment
from providers.pages import Seen, address, moment, overseer_of, show, user_of
from providers.scope import Standing


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks about which item, now, and whether they may act on it."""

    standing: Standing
    finding: Finding
    at: Moment
    counted: Ages
    acts: bool

    @property
    def entry(self) -> Entry:
        """What the catalogue says of the item's code."""
        return CATALOGUE[self.finding.code]  # type: ignore[index] # stored as its value

    @property
    def needs_ticket(self) -> bool:
        """Whether handing over takes a ticket of the help desk (R7)."""
        return self.finding.owner == Owner.HELP_DESK

    def picked(self, mark: str) -> Picked:
        """Return this one item as an act takes it, as the page with this mark showed it."""
        return Picked(findings_to_act_on(self.standing), {self.finding.pk: mark})


def asked_of(request: HttpRequest, finding_id: int, *, to_act: bool = False) -> Asked:
    """Return who asks about which item; raises ``Http404`` for one they may not see, or may not act on."""
    standing, at = overseer_of(request), moment()
    finding = detail.item_of(standing, finding_id)
    if finding is None:
        raise Http404
    acts = detail.may_act_on(standing, finding)
    if to_act and not acts:
        raise Http404
    return Asked(standing, finding, at, ages({finding.school_id}, at.today), acts)


def forms_of(asked: Asked, request: HttpRequest) -> dict[str, forms.Form]:
    """Return the unsent forms of an item's page."""
    days = asked.counted.in_days(asked.finding.school_id, max(1, asked.entry.days))
    return {
        "hand_over": HandOverForm(
            auto_id="hand-over-%s",
            calendar=asked.counted.calendar(asked.finding.school_id),
            today=asked.at.today,
            ticket=asked.needs_ticket,
            initial={"look_again": days or asked.counted.year.last_day, "ticket": asked.finding.ticket},
        ),
        "assign": AssignForm(auto_id="assign-%s", me=user_of(request), colleagues=colleagues_of(asked)),
        "acknowledge": AcknowledgeForm(auto_id="acknowledge-%s"),
        "note": NoteForm(auto_id="comment-%s"),
    }


def colleagues_of(asked: Asked) -> list[Any]:
    """Return who works at the item's school."""
    school = asked.finding.school_id
    return [] if school is None else list(staff_of({school}, asked.at.today))


def page(
    request: HttpRequest, asked: Asked, *, name: str = "", sent: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    """Show an item; ``sent`` is its form called ``name`` that must be put right."""
    finding, at = asked.finding, asked.at
    words = words_for([finding], at)
    way = travelled([finding], asked.standing, at=at).get(finding.pk)
    shown = forms_of(asked, request) | ({name: sent} if sent is not None else {})
    context = {
        "item": _item(asked),
        "entry": asked.entry,
        "comparison": compare(finding, words),
        "facts": facts_of(finding, words),
        "lines": _lines(asked),
        "line": way.line if way else None,
        "call_url": reverse("call", args=[way.call.pk]) if way and way.call else "",
        "history": history_of(finding, today=at.today),
        "others": detail.others_of(asked.standing, finding),
        "consequences": detail.consequences_of(finding),
        "place": detail.place_of(asked.standing, finding),
        "list_url": Narrowed(code=asked.entry.code).address(),
        "forms": shown,
        "sent": sent,
        "mark": mark_of(finding),
        "door": _door(asked),
        **_acts(asked),
    }
    students = [finding.student_id] if finding.student_id else []
    seen = Seen(students, "One mismatch", kind="finding", object_id=finding.pk)
    return show(request, "compliance/mismatch.html", context, seen=seen, status=status)


def _lines(asked: Asked) -> list[dict[str, Any]]:
    """Return the student's lines side by side, for an item about a whole document."""
    if asked.finding.subject != Subject.DOCUMENT or asked.finding.student_id is None:
        return []
    return lines.shown(lines.lines_of_student(asked.finding.student_id, at=asked.at))


def _door(asked: Asked) -> dict[str, str]:
    """Return the page on which an open item is worked on, if there is one besides this."""
    if not (asked.acts and is_open(asked.finding)):
        return {}
    if asked.finding.code == Code.CONSENT_MISSING and asked.finding.student_id is not None:
        return {"label": "Record the consent", "url": reverse("student", args=[asked.finding.student_id])}
    page = page_of(asked.entry.code, asked.standing)
    school = asked.finding.school.dbn if asked.finding.school else ""
    return {"label": page[0], "url": address(page[1], school=school)} if page else {}


def _item(asked: Asked) -> dict[str, Any]:
    """Return what the page's head says of the item."""
    finding = asked.finding
    return {
        "id": finding.pk,
        "heading": heading_of(finding),
        "title": title_of(finding),
        **who_of(finding),
        **when_of(finding, asked.counted),
        "student_url": pupils.page_of(asked.standing, finding.student_id, on=asked.at.today),
        "provider": finding.provider.full_name if finding.provider and finding.student_id else "",
        "service": service_of(finding),
        "school": str(finding.school or ""),
        "severity": finding.get_severity_display(),
        "rank": asked.entry.severity,
        "assigned_to": finding.assigned_to.full_name if finding.assigned_to else "",
        "mine": finding.assigned_to_id == asked.standing.user,
        "owner": Owner(finding.owner),
        "owner_name": name_of(Owner(finding.owner)),
        "agency": finding.agency.name if finding.agency else "",
        "handed_name": name_of(Owner(finding.handed_to)) if finding.handed_to else "",
        "ticket": finding.ticket,
        "handled": finding.handled,
        "handled_by": finding.handled_by.full_name if finding.handled_by else "",
    }


def _acts(asked: Asked) -> dict[str, bool]:
    """Return which acts the page offers."""
    finding, acts = asked.finding, asked.acts
    answers = settings.DEMO and office() is not None
    return {
        "acts": acts,
        "may_hand_over": acts and may_be_handed_over(finding),
        "may_take_back": acts and may_be_taken_back(finding),
        "may_acknowledge": acts and may_be_acknowledged(finding),
        "may_assign": acts and is_open(finding),
        "may_answer": acts and answers and may_be_taken_back(finding) and finding.handed_to is not None,
    }
