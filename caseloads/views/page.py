"""What the pages of this app do besides what every page does: know whose caseload and whose calls they show."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from caseloads.queries.rows import Provider
from caseloads.queries.scope import own_provider
from providers.middleware import standing_of_request
from providers.pages import Seen, moment, note, show, user_of
from providers.scope import Standing

__all__ = ["Seen", "moment", "note", "overseer_of", "provider_of", "show", "user_of"]


def provider_of(request: HttpRequest) -> Provider:
    """Return the provider who is signed in; raises ``Http404`` for everybody else."""
    provider = own_provider(standing_of_request(request))
    if provider is None:
        raise Http404
    return provider


def overseer_of(request: HttpRequest) -> Standing:
    """Return the standing of somebody with calls to look at; raises ``Http404`` for everybody else."""
    standing = standing_of_request(request)
    if not (standing.is_provider or standing.oversees):
        raise Http404
    return standing
