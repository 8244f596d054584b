"""An independent reading of compliance/reconcile/README.md: slow, row by row, in plain Python.

It shares nothing with the catalogue but the codes' names, and reads small worlds of plain values.
"""
