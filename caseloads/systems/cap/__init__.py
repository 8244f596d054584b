"""CAP: placements and mandates."""
