"""SEC: reports on who is served."""
