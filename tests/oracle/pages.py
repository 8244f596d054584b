"""Pages that show whatever student they are asked for: what the oracle is there to catch."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils import timezone

from caseloads.models import Student
from orcs_portal.audit.record import record_access

logger = logging.getLogger(__name__)

Way = Callable[[Student], HttpResponseBase]


def streamed(student: Student) -> StreamingHttpResponse:
    """Answer in pieces, the number cut in two."""

    def pieces() -> Iterator[str]:
        yield f"osis;{student.osis}"[:9]
        yield f"osis;{student.osis}"[9:]

    return StreamingHttpResponse(pieces(), content_type="text/csv")


def with_header(student: Student) -> HttpResponse:
    """Answer with a name in a header."""
    response = HttpResponse("nothing here")
    response["Content-Disposition"] = f'attachment; filename="{student.full_name}.txt"'
    return response


def with_cookie(student: Student) -> HttpResponse:
    """Answer with a number in a cookie."""
    response = HttpResponse("nothing here")
    response.set_cookie("last", str(student.osis))
    return response


WAYS: dict[str, Way] = {
    "number": lambda student: HttpResponse(f"<td>{student.osis}</td>"),
    "name": lambda student: HttpResponse(f"<td>{student.full_name}</td>"),
    "family": lambda student: HttpResponse(f"<td>{student.last_name}</td>"),
    "json": lambda student: JsonResponse({"osis": student.osis}),
    "streamed": streamed,
    "error": lambda student: HttpResponse(student.full_name, status=404),
    "header": with_header,
    "cookie": with_cookie,
}
LINKS: dict[str, Way] = {
    "link": lambda student: HttpResponse(f'<a href="/students/{student.osis}/">open</a>'),
    "redirect": lambda student: HttpResponseRedirect(f"/calls/?osis={student.osis}"),
    "fragment": lambda student: HttpResponse(f"<div hx-get='/live/{student.osis}/'></div>"),
}
QUIET: dict[str, Way] = {
    "by id": lambda student: HttpResponse(f'<a href="/students/{student.pk}/">open</a>'),
    "picture": lambda student: HttpResponse(str(student.osis), content_type="image/png"),
}


def page(request: HttpRequest, way: str, student: int) -> HttpResponseBase:
    """Show a student in one of the ways, to anybody; leave an access record where the query says for whom."""
    for noted in request.GET.getlist("noted"):
        record_access(by=request.user, now=timezone.now(), students=[int(noted)], what="show", purpose="a test")  # type: ignore[arg-type] # signed in
    return (WAYS | LINKS | QUIET)[way](Student.objects.get(pk=student))


def asking(request: HttpRequest, student: int) -> HttpResponse:
    """Look at who asks first, as real pages do."""
    return HttpResponse(f"{request.user.is_authenticated}: {Student.objects.get(pk=student).full_name}")


def leaving(request: HttpRequest, student: int) -> HttpResponse:
    """Sign out and still show somebody."""
    logout(request)
    return HttpResponse(Student.objects.get(pk=student).full_name)


def logging_page(request: HttpRequest, student: int) -> HttpResponse:
    """Log somebody in passing, as a careless error message would."""
    try:
        int(f"OSIS {Student.objects.get(pk=student).osis}")
    except ValueError:
        logger.exception("The call could not be recorded")
    return HttpResponse("nothing here")


urlpatterns = [
    path("logging/<int:student>/", logging_page),
    path("show/<str:way>/<int:student>/", page),
    path("asking/<int:student>/", asking),
    path("leaving/<int:student>/", leaving),
]
