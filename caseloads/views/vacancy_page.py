"""What the page of one vacancy shows, and which acts are its reader's (R8, R12, R13)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from caseloads.contracting.letters import RsaStanding, rsa_standing
from caseloads.queries import vacancy as queries
from caseloads.queries.ages import Ages, ages
from caseloads.queries.stages import STEPS, Stage, StagedVacancy, Told, answer_due, told, told_to_agency
from caseloads.queries.vacancies import staged_for
from caseloads.queries.vacancy import Loaded
from caseloads.queries.vacancy_rows import lost
from caseloads.queries.vacancy_scope import vacancies_of_orcs, vacancies_to_report
from providers.pages import Seen, moment, overseer_of, show
from providers.queries.contacts import orcs_contact, school_contact
from providers.scope import Standing


def vacancy_page(request: HttpRequest, vacancy_id: int, *, problem: str = "", status: int = 200) -> HttpResponse:
    """Show a vacancy somebody sees; ``problem`` says what could not be done just now."""
    standing, at = overseer_of(request), moment()
    row: StagedVacancy = get_object_or_404(staged_for(standing), pk=vacancy_id)
    loaded = queries.load(row, standing, on=at.today)
    when = ages({row.school_id}, at.today)
    agencies = queries.agency_rows(loaded, on=at.today)
    rsa = rsa_standing(row, at.today)
    age = when.age(row.school_id, row.unserved_since)
    may = _may(row, standing)
    context = {
        "vacancy": row,
        "problem": problem,
        "whole": loaded.whole,
        "stage": _stage(row, loaded, agencies, rsa, standing=standing, when=when),
        "done": row.stage,
        "steps": STEPS,
        "age": age,
        "waiting": loaded.waiting,
        "lost": lost(loaded.waiting.minutes, age),
        "lines": queries.line_rows(loaded, on=at.today),
        "left": loaded.left,
        "agencies": [_agency(one, row, when, may, standing) for one in agencies],
        "messages_sent": loaded.messages,
        "letters": loaded.letters,
        "events": queries.events(loaded),
        "contact": school_contact(row.school_id) if loaded.whole else None,
        "orcs": orcs_contact(row.school.borough),
        "rsa": rsa if loaded.whole else None,
        "may": may,
    }
    seen = Seen(loaded.students, "A vacancy's students", kind="vacancy", object_id=row.pk)
    return show(request, "caseloads/vacancy.html", context, seen=seen, status=status)


def _stage(
    row: StagedVacancy,
    loaded: Loaded,
    agencies: list[dict[str, Any]],
    rsa: RsaStanding,
    *,
    standing: Standing,
    when: Ages,
) -> Told:
    """Return the stage in words, to an agency as it concerns that agency."""
    if not loaded.whole:
        mine = [one for one in loaded.offers if one.agency_id in standing.agencies]
        return told_to_agency(row, Stage(row.stage), mine, when)
    unasked = [str(one["agency"]) for one in agencies if one["contracted"] and one["offer"] is None]
    hold = rsa.refused is not None and rsa.refused.code == "rsa-hold"
    return told(row, Stage(row.stage), loaded.offers, unasked, hold=hold, when=when)


def _may(row: StagedVacancy, standing: Standing) -> dict[str, bool]:
    """Return what this reader may do with an open vacancy; nothing with a closed one."""
    if row.closed is not None:
        return {"report": False, "contract": False, "assign": False}
    contract = vacancies_of_orcs(standing).filter(pk=row.pk).exists()
    return {
        "report": contract or vacancies_to_report(standing).filter(pk=row.pk).exists(),
        "contract": contract,
        "assign": contract or row.school_id in standing.active_schools,
    }


def _agency(
    row: dict[str, Any], vacancy: StagedVacancy, when: Ages, may: dict[str, bool], standing: Standing
) -> dict[str, Any]:
    """Return an agency's row with what may be done about it."""
    offer, stage = row["offer"], Stage(vacancy.stage)
    answers = may["contract"] or (vacancy.closed is None and row["agency"].pk in standing.agencies)
    return {
        **row,
        "due": answer_due(offer, when) if offer is not None and offer.answer is None else None,
        "late": offer is not None and offer.answer is None and _late(offer, when),
        "may_offer": may["contract"] and offer is None and stage in {Stage.REPORTED, Stage.OFFERED},
        "may_answer": answers and offer is not None and offer.answer is None and stage is not Stage.ACCEPTED,
        "may_decline": answers and offer is not None and offer.answer == 1 and stage is Stage.ACCEPTED,
    }


def _late(offer: Any, when: Ages) -> bool:  # noqa: ANN401 - a row, which pages do not name
    due = answer_due(offer, when)
    return due is not None and due < when.today
