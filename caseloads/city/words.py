"""What the caller of a call that was kept with a reference was told, as the policy words it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from caseloads.city.records import Called
from caseloads.city.times import Times
from caseloads.intake import SAID
from providers.kinds import Language, Service
from providers.policy import call_words
from providers.policy.facts import CallFacts, ProviderFacts, SchoolYearFacts
from providers.policy.verdict import Verdict


def told(call: Called, times: Times) -> dict[str, str]:
    """Return what is kept with a refused or unlinked call."""
    words = {key: value for key, value in asdict(_verdict(call, times)).items() if key in SAID}
    days = _verdict(call, times).look_again_school_days
    again = call.school.days.after(times.day_of(call.received), days) if days is not None else None
    return {**words, "look_again": date.fromordinal(again).isoformat() if again is not None else ""}


def _verdict(call: Called, times: Times) -> Verdict:
    facts = CallFacts(
        provider=ProviderFacts(call.person.affiliation, call.person.role),
        student=None,
        service=Service(call.service),
        language=None if call.language is None else Language(call.language),
        session_on=date.fromordinal(call.session_on),
        today=date.fromordinal(times.day_of(call.received)),
        school_year=SchoolYearFacts(date.fromordinal(times.first), date.fromordinal(times.last)),
        rsa_hold=True,
        closed_days=frozenset(),
    )
    if call.reason == "rsa-hold":
        return call_words.rsa_held(facts)
    if call.reason == "no-mandate":
        return call_words.no_mandate(facts)
    return call_words.no_transmittal(facts, (), facts.language or Language.ENGLISH)
