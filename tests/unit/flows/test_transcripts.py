from pathlib import Path

import pytest

from app.flows.loader import shipped_surveys
from app.flows.play import main, replay, survey_key

FOLDER = Path(__file__).parents[2] / "transcripts"
TRANSCRIPTS = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_conversation_goes_as_it_is_written_down(path):
    written = path.read_text(encoding="utf-8")

    assert replay(written, shipped_surveys()) == written


def test_every_shipped_survey_has_a_transcript():
    played = {survey_key(path.read_text(encoding="utf-8")) for path in TRANSCRIPTS}

    assert played == {survey.key for survey in shipped_surveys()}


@pytest.mark.parametrize("key", ["pulse-11-17", "pulse-8-10", "pulse-care-leavers", "pulse-parents-carers"])
def test_every_shipped_survey_is_played_to_its_end(key):
    texts = [path.read_text(encoding="utf-8") for path in TRANSCRIPTS]

    assert any("= finished" in text for text in texts if survey_key(text) == key)


def test_a_changed_transcript_is_told_and_then_written_anew(tmp_path, capsys):
    path = tmp_path / "one.txt"
    path.write_text("survey: pulse-8-10\n> something else\n\n< 4\n", encoding="utf-8")

    outcomes = [main(["--folder", str(tmp_path), *extra]) for extra in ([], ["--update"], [])]

    assert outcomes == [1, 0, 0]
    assert capsys.readouterr().out == "one.txt has changed\none.txt was written anew\n"
    assert path.read_text(encoding="utf-8").startswith(
        "survey: pulse-8-10\n> Do you feel safe where you live?"
    )


def test_a_transcript_must_name_its_survey():
    with pytest.raises(ValueError, match="does not name its survey"):
        survey_key("< 3\n")
