"""Scenes to play: one for each way a call can end and each reason to wait.

Every scene starts from the freshly loaded demonstration, so each can be played alone.
"""

from tests.caseloads.demonstration.scenes.others import OTHERS
from tests.caseloads.demonstration.scenes.scene import Scene
from tests.caseloads.demonstration.scenes.therapist import THERAPIST

SCENES: tuple[Scene, ...] = (*THERAPIST, *OTHERS)

__all__ = ["SCENES", "Scene"]
