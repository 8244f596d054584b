"""Whether the systems agree, and who must act."""
