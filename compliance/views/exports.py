"""A list as a file: everything that it holds, not only the page one sees."""

from __future__ import annotations

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from compliance.mismatches import exporting
from compliance.mismatches.pages import all_of
from compliance.views.mismatches import asked
from orcs_portal.accounts.guard import sign_in_required
from providers.pages import Seen, moment, note, overseer_of

CSV, XLSX = "csv", "xlsx"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@sign_in_required
def export(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """Send a list as CSV, piece by piece, or as a workbook; whose rows these are goes on record first."""
    if kind not in TYPES:
        raise Http404
    standing, at = overseer_of(request), moment()
    ids, students = all_of(standing, asked(request, standing, at=at), at=at)
    note(request, Seen(students, f"The list of mismatches as a file, {len(ids)} rows"))
    name = f"mismatches-{at.today.isoformat()}.{kind}"
    rows = exporting.rows_of(ids, at=at)
    pieces = exporting.workbook(rows) if kind == XLSX else exporting.csv_lines(rows)
    response = StreamingHttpResponse(pieces, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
