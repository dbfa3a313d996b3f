import pytest

from app.flows.commands import Command, is_join, read_command_words, recognise
from app.shared.errors import Rejected


@pytest.mark.parametrize(
    "text",
    [
        "STOP",
        "stop",
        " Stop. ",
        "STOPALL",
        "unsubscribe",
        "Cancel",
        "END",
        "quit!",
        "revoke",
        "OptOut",
        "opt-out",
    ],
)
def test_the_single_words_that_carriers_honour_are_stop(text):
    assert recognise(text) is Command.STOP


@pytest.mark.parametrize(
    "text",
    [
        "stop texting me",
        "STOP PLEASE",
        "pls stop texting me thanks",
        "leave me alone pls",
        "dont text me again",
        "Don't text me anymore",
        "don’t message me",
        "take me off this",
        "take me off your list",
        "no more texts",
        "can u stop messaging me",
        "i dont want these texts",
    ],
)
def test_asking_for_no_more_texts_in_ordinary_words_is_stop(text):
    assert recognise(text) is Command.STOP


@pytest.mark.parametrize(
    "text",
    [
        "i wish he would stop",
        "i want it to stop",
        "make it stop",
        "stop bullying",
        "stop moving me",
        "he wont leave me alone",
        "they never leave me alone",
        "no one texts me",
        "she never texts me",
        "the end of the week is best",
        "i had to quit football",
        "they cancel on me every time",
        "tell them to stop shouting at me",
        "omg stop",
    ],
)
def test_an_answer_that_holds_such_words_is_not_a_command(text):
    assert recognise(text) is None


@pytest.mark.parametrize(
    "text", ["HELP", "help!!", "help me", "help pls", "INFO", "i need help", "can someone help me"]
)
def test_asking_for_help_is_help(text):
    assert recognise(text) is Command.HELP


@pytest.mark.parametrize(
    "text", ["he did help me with my homework", "my worker helps", "no help at all", "more info on uni"]
)
def test_talking_about_help_is_not_help(text):
    assert recognise(text) is None


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("CALL ME", Command.CALL_ME),
        ("can someone ring me pls", Command.CALL_ME),
        ("give us a bell", Command.CALL_ME),
        ("WHO", Command.WHO),
        ("who's this?", Command.WHO),
        ("who dis", Command.WHO),
        ("new phone who dis", Command.WHO),
        ("wrong number mate", Command.WRONG_NUMBER),
        ("You’ve got the wrong person", Command.WRONG_NUMBER),
        ("WRONG", Command.WRONG_NUMBER),
        ("START", Command.START),
        ("unstop", Command.START),
    ],
)
def test_other_commands_are_recognised(text, command):
    assert recognise(text) is command


@pytest.mark.parametrize(
    "text", ["YES", "yes", "call my mum", "who cares", "start again with a new worker", "", "???", "1"]
)
def test_ordinary_messages_are_no_command(text):
    assert recognise(text) is None


@pytest.mark.parametrize("text", ["1", " 1 ", "1.", "1\n", "1️⃣", "1\u20e3", "١", "۱", "１"])
def test_a_one_joins(text):
    assert is_join(text)


@pytest.mark.parametrize("text", ["", "11", "1 yes", "yes", "one", "0", "1!", "2", "2️⃣", "٢", "¹", "1️⃣1️⃣", "👍"])
def test_nothing_but_a_one_joins(text):
    assert not is_join(text)


def test_a_phrase_of_two_commands_and_an_unknown_group_are_both_told():
    text = """
groups: {}
polite: []
commands:
  stop: {alone: [halt], phrases: [<texting> me]}
  help: {alone: [Halt!], phrases: []}
  dance: {alone: [], phrases: []}
"""

    with pytest.raises(Rejected) as caught:
        read_command_words(text)

    assert [str(fault) for fault in caught.value.faults] == [
        "line 5, commands.stop.phrases[0]: there is no group 'texting'",
        "line 6, commands.help.alone[0]: 'Halt!' already means stop",
        "line 7, commands.dance: there is no command 'dance'",
    ]
