"""What a scene is: who enters what, and the answer to expect."""

from __future__ import annotations

from dataclasses import dataclass

from caseloads.demonstration.days import TODAY, on
from caseloads.demonstration.signins import SIGN_INS
from caseloads.facts import Asked
from caseloads.kinds import System
from orcs_portal.shared.say import say_date
from providers.kinds import Route
from providers.policy.verdict import Flag, Outcome

YESTERDAY = on(11, 23)
OVERNIGHT = frozenset({System.CAP, System.SEC})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Who enters what, and the answer to expect.

    ``outcome``, ``code``, ``rule`` and ``headline`` are the verdict's; ``see`` is what to look at then.  ``waits`` are
    the systems that do not show the call three days later, ``held`` what its caseload entry waits for then.  A scene
    without a sign-in is played with ``record_call``, by the provider of that number.  ``says`` are words that the page
    or the command shows besides the headline.  With a ``door``, a link on the caseload, no form is filled in at all.
    """

    key: str
    asked: Asked
    outcome: Outcome
    code: str
    headline: str
    see: str
    rule: str = ""
    sign_in: str = "provider"
    by_number: int | None = None
    flags: tuple[Flag, ...] = ()
    waits: frozenset[System] = frozenset()
    held: Route | None = None
    says: tuple[str, ...] = ()
    door: str = ""

    @property
    def provider(self) -> int:
        """The number of the provider who calls; raises ``ValueError`` for a sign-in that is no provider's."""
        if self.by_number is not None:
            return self.by_number
        number = next((one.provider for one in SIGN_INS if one.username == self.sign_in), None)
        if number is None:
            raise ValueError(f"{self.sign_in} is no provider's sign-in")
        return number


def entered(scene: Scene) -> str:
    """Return what is to be entered, in the words of the form."""
    digits = f"{scene.asked.osis:09}"
    what = [f"{digits[:3]} {digits[3:6]} {digits[6:]}", scene.asked.service.label]
    if scene.asked.language is not None:
        what.append(scene.asked.language.label)
    return ", ".join([*what, " ".join(say_date(scene.asked.session_on, TODAY).split())])


def command(scene: Scene) -> str:
    """Return the command that plays the scene."""
    asked = scene.asked
    language = "" if asked.language is None else f" --language {asked.language.slug}"
    return (
        f"record_call --provider {scene.provider} --student {asked.osis:09} --service {asked.service.slug}{language}"
        f" --date {asked.session_on.isoformat()}"
    )


def table(scenes: tuple[Scene, ...]) -> str:
    """Return the scenes as the README lists them, in Markdown."""
    head = ["| scene | sign in as | enter | the answer |", "|---|---|---|---|"]
    return "\n".join([*head, *map(_row, scenes)])


def _row(scene: Scene) -> str:
    who = f"`{scene.sign_in}`" if scene.by_number is None else "by command"
    what = f"*{scene.door}* on My caseload" if scene.door else entered(scene)
    what = what if scene.by_number is None else f"`{command(scene)}`"
    return f"| {scene.key.replace('-', ' ')} | {who} | {what} | **{scene.headline}.** {scene.see} |"
