"""A vacancy's way: reported (R15), offered to agencies (R12), answered, transmitted (R8), or ended by an RSA (R13)."""
