from __future__ import annotations

from django.contrib.auth.hashers import check_password, get_hashers, identify_hasher, make_password

from orcs_portal.accounts.hashers import PortalArgon2Hasher


def test_passwords_are_hashed_with_argon2id_19_mib_two_passes_one_lane() -> None:
    encoded = make_password("a long enough phrase")
    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password("a long enough phrase", encoded)
    assert not check_password("another long phrase", encoded)


def test_no_weaker_hasher_is_accepted() -> None:
    assert [type(hasher) for hasher in get_hashers()] == [PortalArgon2Hasher]
    assert isinstance(identify_hasher(make_password("x")), PortalArgon2Hasher)


def test_a_password_under_older_settings_is_hashed_anew_at_the_next_sign_in() -> None:
    hasher = PortalArgon2Hasher()
    old = PortalArgon2Hasher()
    old.memory_cost = 8 * 1024
    assert hasher.must_update(old.encode("phrase", "a salt of some length"))
    assert not hasher.must_update(hasher.encode("phrase", hasher.salt()))
