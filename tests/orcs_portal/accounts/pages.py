"""The portal's addresses and three pages behind the lock, as tests of signing in need them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import path

from orcs_portal.accounts.guard import sign_in_required
from orcs_portal.accounts.resume import restore
from orcs_portal.urls import urlpatterns as portal


@sign_in_required
def form(request: HttpRequest, number: int = 0) -> HttpResponse:
    """Answer what was typed: now, or before the session ended."""
    typed = request.POST or restore(request, request.path) or QueryDict()
    return JsonResponse({"method": request.method, "typed": dict(typed.lists())})


@sign_in_required(form_at="form")
def step(request: HttpRequest) -> HttpResponse:
    """Answer the second step of the form, at an address that cannot be opened by itself."""
    return HttpResponse("taken")


@sign_in_required
def button(request: HttpRequest) -> HttpResponse:
    """Answer a lone button."""
    return HttpResponse("pressed")


urlpatterns = [
    path("form/", form, name="form"),
    path("form/<int:number>/", form, name="form-of"),
    path("form/step/", step, name="step"),
    path("button/", button, name="button"),
    *portal,
]
