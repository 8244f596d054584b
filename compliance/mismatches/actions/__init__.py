"""Acts of people on items.  Each takes who acts and when (world time), and changes every item whole or not at all."""

from compliance.mismatches.actions.answering import answer
from compliance.mismatches.actions.handling import acknowledge, assign, hand_over, take_back
from compliance.mismatches.actions.notes import comment, note_look
from compliance.mismatches.actions.undoing import undo

__all__ = ["acknowledge", "answer", "assign", "comment", "hand_over", "note_look", "take_back", "undo"]
