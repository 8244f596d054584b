"""The three old systems, each behind one gateway."""
