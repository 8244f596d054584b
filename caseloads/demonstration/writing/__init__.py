"""Turns what the data modules say into rows, a statement or two for each kind."""
