"""Records as rows: gathered as lines of text, then copied table by table."""
