"""Questions on who can serve, each within its asker's scope."""
