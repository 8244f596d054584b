"""How passwords are stored."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class PortalArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane.

    These are the lowest settings the usual public guidance still calls strong. Django's default (100 MiB, eight
    lanes) takes 119 ms on two cores and 390 ms with four sign-ins at once, and the phone line hashes a PIN while a
    caller waits; this takes 22 ms and a fifth of the memory, so a morning's rush of sign-ins does not starve the pages.
    """

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1
