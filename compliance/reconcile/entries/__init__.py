"""The codes of the catalogue, by the place where the way is broken."""
