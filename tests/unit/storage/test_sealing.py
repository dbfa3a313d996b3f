"""What is sealed opens only in its own cell and with its own key."""

import pytest

from app.storage.sealing import Place, SealBroken, Sealer, hash_token

OLD, NEW = ("k1", b"a" * 32), ("k2", b"b" * 32)
PLACE = Place("answers", "text_sealed", "1")


def test_what_was_sealed_opens_again():
    sealer = Sealer([NEW], b"f" * 32)

    assert sealer.open(sealer.seal("my room is cold 🥶", PLACE), PLACE) == "my room is cold 🥶"


def test_the_same_words_never_look_the_same():
    sealer = Sealer([NEW], b"f" * 32)

    assert sealer.seal("yes", PLACE) != sealer.seal("yes", PLACE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("answers", "text_sealed", "2"),
        Place("answers", "value_sealed", "1"),
        Place("people", "text_sealed", "1"),
    ],
)
def test_a_value_moved_to_another_cell_does_not_open(elsewhere):
    sealer = Sealer([NEW], b"f" * 32)

    with pytest.raises(SealBroken):
        sealer.open(sealer.seal("yes", PLACE), elsewhere)


def test_after_a_rotation_old_values_open_and_new_ones_use_the_new_key():
    before = Sealer([OLD], b"f" * 32).seal("yes", PLACE)
    after = Sealer([NEW, OLD], b"f" * 32)

    assert after.open(before, PLACE) == "yes"
    assert after.seal("yes", PLACE).startswith("k2:")


def test_a_value_whose_key_is_gone_does_not_open():
    before = Sealer([OLD], b"f" * 32).seal("yes", PLACE)

    with pytest.raises(SealBroken):
        Sealer([NEW], b"f" * 32).open(before, PLACE)


def test_a_phone_has_one_fingerprint_and_another_key_makes_another():
    phone = "+447700900123"

    assert Sealer([NEW], b"f" * 32).fingerprint(phone) == Sealer([OLD], b"f" * 32).fingerprint(phone)
    assert Sealer([NEW], b"f" * 32).fingerprint(phone) != Sealer([NEW], b"g" * 32).fingerprint(phone)


def test_the_hash_of_a_token_does_not_hold_it():
    assert "token" not in hash_token("token")
