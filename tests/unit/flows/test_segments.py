import pytest

from app.flows.segments import count_segments, how_to_mend, strange_characters


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("x" * 160, 1),
        ("x" * 161, 2),
        ("x" * 306, 2),
        ("x" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("’" * 70, 1),
        ("’" * 71, 2),
    ],
)
def test_segments_are_counted_as_carriers_count_them(text, segments):
    assert count_segments(text) == segments


def test_each_strange_character_is_told_once_in_order():
    assert strange_characters("It’s “fun” – isn’t it?\nYes 🙂 ŵ\x07") == "’“”–🙂ŵ\x07"


@pytest.mark.parametrize(
    ("strange", "advice"),
    [
        ("’", '’ cannot be sent in a plain text message; write "\'"'),
        ("🙂", "🙂 cannot be sent in a plain text message; leave it out"),
        ("\x07", "U+0007 cannot be sent in a plain text message; leave it out"),
    ],
)
def test_what_to_write_instead_is_said(strange, advice):
    assert how_to_mend(strange) == advice
