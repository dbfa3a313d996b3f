import pytest

from app.flows.answer_words import read_answer_words
from app.flows.council import MessageKey
from app.flows.jargon import read_jargon
from app.flows.standard_wording import read_wording, standard_wording
from app.shared.errors import Rejected

ANSWER_FIELDS = "skip, dont_know, numbers, yes, no, openers, joiners, counted, uncounted, takebacks"


@pytest.mark.parametrize(
    ("read", "text", "faults"),
    [
        (
            read_jargon,
            "acronyms: {PEP: [x]}\nslang: {}\n",
            [
                "line 2, slang: unknown field; the fields here are acronyms, words",
                "line 1: the field 'words' is missing",
                "line 1, acronyms.PEP: should be some text",
            ],
        ),
        (
            read_wording,
            "version: one\nsupport: {under_18: x}\nkeep_off_lock_screen: [care]\nmessages: {m0: x}\n",
            [
                "line 2, support: the field 'adult' is missing",
                f"line 4, messages.m0: there is no message 'm0'; the messages are {', '.join(MessageKey)}",
            ],
        ),
        (
            read_answer_words,
            "- skip\n",
            [f"line 1: should be a block with the fields {ANSWER_FIELDS}"],
        ),
    ],
)
def test_our_own_files_tell_every_fault_too(read, text, faults):
    with pytest.raises(Rejected) as caught:
        read(text)

    assert [str(fault) for fault in caught.value.faults] == faults


def test_the_standard_wording_has_every_message_for_both_ages():
    assert set(standard_wording().templates) == {
        (key, adult) for key in MessageKey for adult in (False, True)
    }
