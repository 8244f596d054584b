"""The list of vacancies as a file: every row that it holds, not only the page one sees."""

from __future__ import annotations

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from caseloads.queries import vacancies as queries
from caseloads.queries import vacancy_export as exporting
from caseloads.queries.ages import ages
from caseloads.queries.stages import answer_cutoff
from caseloads.views.vacancies import narrowed_by
from orcs_portal.accounts.guard import sign_in_required
from orcs_portal.shared.export import TYPES, send
from providers.pages import Seen, moment, note, overseer_of
from providers.queries.hold import hold


@require_safe
@sign_in_required
def export(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """Send the list of vacancies as CSV or as a workbook; whom it counts goes on record first."""
    if kind not in TYPES:
        raise Http404
    standing, at = overseer_of(request), moment()
    tabs = queries.tabs_of(standing, answer_cutoff(ages((), at.today)))
    narrowed = narrowed_by(request, tabs)
    rows = queries.rows_for(standing, narrowed)
    ids = queries.all_of(rows, tabs[narrowed.tab], sort=narrowed.sort, today=at.today)
    note(
        request,
        Seen(
            exporting.counted(ids, today=at.today),
            f"The list of vacancies as a file, {len(ids)} row{'' if len(ids) == 1 else 's'}",
        ),
    )
    found = exporting.rows_of(rows, ids, standing=standing, at=at, hold=hold(at.today).on)
    return send(found, kind=kind, title="Vacancies", headings=exporting.HEADINGS, on=at.today)
