"""Who signs in to the demonstration, with one password for all: it protects nothing, and production never loads it."""

from __future__ import annotations

from dataclasses import dataclass

from caseloads.demonstration.staff import (
    FIG_TREE,
    HARBOR_VIEW,
    KESTREL,
    MARSH_CREEK,
    Who,
)
from providers.kinds import Borough
from providers.models.grant import Standing

PASSWORD = "only-a-demonstration"  # noqa: S105 - printed by `make run` for whoever tries the portal


@dataclass(frozen=True, slots=True)
class SignIn:
    """A person who signs in: in what role, and with which scope."""

    role: str
    username: str
    full_name: str
    standing: Standing
    schools: tuple[str, ...] = ()
    designee_of: str = ""
    provider: int | None = None
    agency: str = ""
    borough: Borough | None = None


SIGN_INS = (
    SignIn(
        "Coordinator and designee",
        "coordinator",
        "Bernadette Kowalczyk-Ruiz",
        Standing.COORDINATOR,
        schools=(HARBOR_VIEW, FIG_TREE),
        designee_of=HARBOR_VIEW,
    ),
    SignIn(
        "Coordinator of another school",
        "coordinator2",
        "Hamish Vasquez-Lindgren",
        Standing.COORDINATOR,
        schools=(MARSH_CREEK,),
        designee_of=MARSH_CREEK,
    ),
    SignIn("DOE therapist", "provider", "Miriam Castellano", Standing.PROVIDER, provider=Who.CASTELLANO),
    SignIn("Paraprofessional", "para", "Desmond Achterberg", Standing.PROVIDER, provider=Who.ACHTERBERG),
    SignIn("School nurse", "nurse", "Rosalind Quartey", Standing.PROVIDER, provider=Who.QUARTEY),
    SignIn("Agency provider", "agencyprovider", "Ondine Marchetti-Boateng", Standing.PROVIDER, provider=Who.MARCHETTI),
    SignIn(
        "Independent (RSA) provider",
        "rsaprovider",
        "Anneliese Fairweather-Koh",
        Standing.PROVIDER,
        provider=Who.FAIRWEATHER,
    ),
    SignIn("ORCS", "orcs", "Philippa Norgaard-Diop", Standing.ORCS, borough=Borough.BROOKLYN),
    SignIn("Agency representative", "agency", "Casimir Dunleavy", Standing.AGENCY, agency=KESTREL),
    SignIn("Head of school", "head", "Evangeline Storrow", Standing.HEAD, schools=(HARBOR_VIEW, FIG_TREE)),
    SignIn("Auditor, reading only", "auditor", "Tobias Melchior-Achebe", Standing.AUDITOR),
    SignIn("Administrator", "admin", "Winifred Takahashi", Standing.ADMINISTRATOR),
)
