import pytest

from app.analysis.concerns import screen
from app.analysis.sounds import Sounds
from app.analysis.vocabulary import read


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("smaks", "smacks"),
        ("scrach", "scratch"),
        ("unkel", "uncle"),
        ("tablits", "tablets"),
        ("baffroom", "bathroom"),
        ("hospitle", "hospital"),
        ("strangel", "strangle"),
        ("puhsed", "pushed"),
    ],
)
def test_an_unknown_word_is_read_as_the_one_it_sounds_like(typed, meant):
    assert read(typed).words == (meant,)


@pytest.mark.parametrize(
    "name", ["darren", "kieran", "jayden", "lacey", "chloe", "connor", "redditch", "worcester", "mohammed"]
)
def test_a_name_is_not_read_as_another_word(name):
    assert read(name).words == (name,)


@pytest.mark.parametrize("word", ["kut", "dye", "hid", "hut", "rap", "kil", "deid"])
def test_short_words_are_never_guessed(word):
    assert Sounds(["cut", "die", "hit", "rape", "kill", "dead"], frozenset()).find_like(word) is None


def test_a_word_of_the_dictionary_is_left_as_it_is():
    sounds = Sounds(["smacks"], frozenset({"smocks"}))

    assert sounds.find_like("smocks") is None
    assert sounds.find_like("smaks") == "smacks"


def test_a_word_that_sounds_like_two_is_not_guessed():
    assert Sounds(["batter", "better"], frozenset()).find_like("bitter") is None


def test_what_was_said_is_given_back_as_it_was_typed():
    assert screen("tina smaks us").concerns[0].words == ("smaks us",)
