import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.flows.entries import Entry, Reading
from app.flows.loader import SurveyFileBroken, load_survey


def faults_of(text):
    reading = Reading()
    assert reading.open(text) is None
    return [str(fault) for fault in reading.faults]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: &x 1\n", "line 1: anchors (&name) are not read; write the words out"),
        ("a: 1\nb: *x\n", "line 2: aliases (*name) are not read; write the words out"),
        ("a: !!python/name:os.system x\n", "line 1: tags (!name) are not read; write plain text"),
        ("a: 1\n---\nb: 2\n", "line 2: a second document starts here; one file holds one"),
        ("[" * 12 + "]" * 12, "line 1: is nested too deeply"),
        ("a: b: c\n", "line 1: is not well-formed YAML: mapping values are not allowed here"),
        ("a: 'open\n", "line 2: is not well-formed YAML: found unexpected end of stream"),
        ("a: \x00\n", "line 1: holds a character that YAML does not allow; save the file as plain UTF-8"),
        ("#" + "x" * 65536, "line 1: the file is larger than 64 kB; a survey is a page or two"),
    ],
)
def test_what_a_plain_file_does_not_hold_is_refused(text, fault):
    assert faults_of(text) == [fault]


def test_a_file_that_would_grow_without_end_is_refused_before_it_grows():
    lines = ["a: &a [x, x]"] + [
        f"{name}: &{name} [*{before}, *{before}]" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    ]

    assert len(faults_of("\n".join(lines))) == 9 + 16


def test_deep_nesting_is_refused_without_running_out_of_stack():
    assert faults_of("[" * 30_000)[0] == "line 1: is nested too deeply"


def test_words_stay_words_whatever_they_look_like():
    top = Reading().open("no: yes\nwhen: 09:00\nnumber: 0800 1111\n")

    assert {name: entry.value for name, entry in top.value.items()} == {
        "no": "yes",
        "when": "09:00",
        "number": "0800 1111",
    }


def test_a_name_that_is_written_twice_is_told():
    reading = Reading()

    reading.open("a: 1\nb:\n  c: 1\n  c: 2\n")

    assert [str(fault) for fault in reading.faults] == ["line 4, b.c: is written twice; keep one"]


def test_wrong_shapes_are_told_and_read_as_nothing():
    reading = Reading()
    words, block = Entry("a", 1, "words"), Entry("b", 2, {})

    read = (
        reading.items(words),
        dict(reading.mapping(words)),
        reading.text(block),
        reading.whole_number(block),
    )

    assert read == ((), {}, "", 0)
    assert [str(fault) for fault in reading.faults] == [
        "line 1, a: should be a list",
        "line 1, a: should be a block of names and values",
        "line 2, b: should be some text",
        "line 2, b: should be a whole number, 1 or more",
    ]


def test_an_entry_is_found_by_its_steps_as_far_as_they_lead():
    top = Reading().open("questions:\n  - {id: one}\n")
    question = top.below("questions").below("0")

    assert question.below("id").place == "line 2, questions[0].id"
    assert question.below("text").place == "line 2, questions[0]"
    assert question.below("id").below("deeper").place == "line 2, questions[0].id"


@given(st.text())
def test_any_text_is_a_survey_or_a_list_of_faults(text):
    with pytest.raises(SurveyFileBroken) as caught:
        load_survey(text, source="anything.yaml")

    assert caught.value.faults


@given(
    st.recursive(
        st.sampled_from(["", "x", "1", "scale", "null", "[]", "{}"]),
        lambda inner: (
            st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]")
            | st.dictionaries(
                st.sampled_from(["id", "kind", "text", "questions", "options", "branches", "cohorts", "key"]),
                inner,
            ).map(lambda block: "{" + ", ".join(f"{key}: {value}" for key, value in block.items()) + "}")
        ),
        max_leaves=12,
    )
)
def test_any_shape_of_file_is_told_in_faults_and_never_crashes(text):
    with pytest.raises(SurveyFileBroken):
        load_survey(text, source="shape.yaml")
