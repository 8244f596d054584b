"""A list as a file: everything that it holds, not only the page one sees."""

from __future__ import annotations

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from compliance.mismatches import exporting
from compliance.mismatches.pages import all_of
from compliance.views.mismatches import asked
from orcs_portal.accounts.guard import sign_in_required
from orcs_portal.shared.export import TYPES, send
from providers.pages import Seen, moment, note, overseer_of


@require_safe
@sign_in_required
def export(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """Send a list as CSV, piece by piece, or as a workbook; whose rows these are goes on record first."""
    if kind not in TYPES:
        raise Http404
    standing, at = overseer_of(request), moment()
    ids, students = all_of(standing, asked(request, standing, at=at), at=at)
    note(request, Seen(students, f"The list of mismatches as a file, {len(ids)} rows"))
    rows = exporting.rows_of(ids, at=at)
    return send(rows, kind=kind, title="Mismatches", headings=exporting.HEADINGS, on=at.today)
