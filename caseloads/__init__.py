"""Whom we serve, who called, and what was delivered."""
