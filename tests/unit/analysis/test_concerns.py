import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.concerns import Category, screen

SAFE = "Do you feel safe where you live?"


def kinds(text, question=""):
    return {found.kind for found in screen(text, question=question).concerns}


def tier(text, question=""):
    found = screen(text, question=question).most_serious
    return found.tier if found else None


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("i want to die", "suicide"),
        ("gonna kms tonight", "suicide"),
        ("everyone would be better off without me", "suicide"),
        ("dont wanna wake up anymore", "suicide"),
        ("been cutting again", "self_harm"),
        ("she hides the marks on her arms", "self_harm"),
        ("he touches me when mum is out", "sexual_abuse"),
        ("he comes in my room at night", "sexual_abuse"),
        ("foster dad slapt me", "physical_abuse"),
        ("my little brother gets hit when hes naughty", "physical_abuse"),
        ("she calls me worthless every day", "emotional_abuse"),
        ("they lock me in my room", "emotional_abuse"),
        ("theres a lock on the fridge and i go to bed hungry", "neglect"),
        ("they got me holding a package for the olders", "exploitation"),
        ("going country this weekend", "exploitation"),
        ("my bf goes through my phone every night", "domestic_abuse"),
        ("dad hits mum", "domestic_abuse"),
        ("i ran away last night", "missing"),
        ("got nowhere to sleep tonight", "homelessness_now"),
        ("sofa surfing at the minute", "homelessness_now"),
        ("they call me names at school", "bullying"),
        ("been doing ket most weekends", "substance"),
        ("im gonna stab him", "harm_to_others"),
        ("he keeps asking for pics of me", "online_harm"),
        ("i make myself sick after tea", "eating"),
        ("they want me to marry my cousin", "trafficking_or_forced"),
        ("he took my passport", "trafficking_or_forced"),
    ],
)
def test_each_category_is_seen(text, category):
    assert category in {found.category for found in screen(text).concerns}


@pytest.mark.parametrize(
    "text",
    [
        "k m s",
        "KMSSSS",
        "s3lf h@rm",
        "I DON’T want to live",
        "dnt wana b here enymore",
        "unaliv myself",
        "sewerslide",
        "it ay safe here",
        "i doe feel safe",
        "carer hert me",
    ],
)
def test_odd_spelling_and_dialect_are_seen(text):
    assert screen(text).concerns


@pytest.mark.parametrize("laugh", [" lol", " jk", " 💀", " 😂😂", " haha only joking"])
def test_laughing_lowers_nothing(laugh):
    assert tier("i want to kill myself" + laugh) == 1


@pytest.mark.parametrize(
    "text",
    [
        "screaming blue murder on the rollercoaster",
        "im bored to death",
        "nearly died laughing",
        "my legs are killing me after football",
        "could murder a kebab",
        "killing it at college",
        "cut my hair and it looks peng",
        "kill bill is the best album",
        "we battered them on fifa",
        "love my foster carers they are safe",
        "the bus is always late",
        "i have a new social worker",
    ],
)
def test_idioms_games_and_ordinary_talk_are_left_alone(text):
    assert screen(text).concerns == ()


@pytest.mark.parametrize(
    "text",
    [
        "shot my mate twice at paintball",
        "i could murder a kebab",
        "my hamster ran away",
        "got kicked out of maths for talking",
        "they kicked me out of the group chat",
        "i cant go on the school trip",
        "took my meds this morning like normal",
    ],
)
def test_words_that_would_raise_a_concern_are_not_read_inside_an_idiom(text):
    assert screen(text).concerns == ()


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("im going to kill him on saturday", {"harm_to_others"}),
        ("im going to kill him on fortnite later", set()),
        ("in macbeth he is going to kill him", set()),
        ("he hit me because i was on fortnite", {"abuse.physical"}),
    ],
)
def test_talk_of_a_game_takes_out_threats_in_it_but_never_what_was_done_to_me(text, heard):
    assert kinds(text) == heard


def test_an_idiom_hides_only_its_own_words():
    assert tier("my legs are killing me and i want to kill myself") == 1


@pytest.mark.parametrize("text", ["im not going to kill myself", "i would never hurt myself"])
def test_a_denial_lowers_to_follow_up_and_never_hides(text):
    assert tier(text) == 3


def test_the_past_lowers_abuse_by_one_step():
    assert tier("he used to hit me when i was little") == 2


@pytest.mark.parametrize(
    "answer", ["no", "Nope.", "not really", "0", "1", "sometimes", "nah", "👎", "no i dont"]
)
def test_no_to_feeling_safe_is_a_concern(answer):
    assert kinds(answer, SAFE) == {"fear"}


@pytest.mark.parametrize("answer", ["yes", "5", "yeah always"])
def test_yes_to_feeling_safe_is_none(answer):
    assert screen(answer, question=SAFE).concerns == ()


def test_no_to_another_question_is_none():
    assert screen("no", question="Is anything worrying you?").concerns == ()


def test_several_concerns_are_all_kept_with_the_most_serious_first():
    screening = screen("they call me names at school. i want to die")

    assert screening.most_serious is not None
    assert screening.most_serious.category is Category.SUICIDE
    assert {found.category for found in screening.concerns} >= {Category.SUICIDE, Category.BULLYING}


@pytest.mark.parametrize(
    ("text", "trusted"),
    [
        ("my foster carer hits me", True),
        ("the night staff come in my room at night", True),
        ("my brother hits me", False),
        ("i told my social worker that my uncle hits me", False),
    ],
)
def test_a_carer_or_worker_as_the_doer_is_marked(text, trusted):
    assert any(found.position_of_trust for found in screen(text).concerns) is trusted


def test_she_in_an_answer_about_home_is_taken_for_the_carer():
    screening = screen("she slapped me", question="How do you feel about where you live?")

    assert screening.concerns[0].position_of_trust


@pytest.mark.parametrize(
    "text", ["أنا خائف", "ነገሩ ከባድ ነው", "Боюсь", "nie chce tu byc bo jest tutaj zle", "\ufffd\ufffd\ufffd"]
)
def test_what_we_cannot_read_is_given_to_a_person(text):
    assert screen(text).unreadable


@pytest.mark.parametrize(
    "text", ["all good thanks", "yh", "😀😀", "wos gud evryfink fine innit bro", "", "12345"]
)
def test_what_we_can_read_is_not(text):
    assert not screen(text).unreadable


@given(st.text(alphabet=st.characters(), max_size=300), st.text(max_size=50))
def test_any_text_is_screened_and_words_are_pieces_of_it(text, question):
    for found in screen(text, question=question).concerns:
        assert found.words
        assert all(words and words in text for words in found.words)


@given(
    st.lists(
        st.sampled_from(
            [
                "he",
                "she",
                "hit",
                "me",
                "my",
                "kms",
                "not",
                "i",
                "want",
                "to",
                "kill",
                "die",
                "no",
                "safe",
                "k.m.s",
                "hurts",
                "💀",
                "’",
                ",",
                ".",
                "…",
                "tell",
                "s3lf",
            ]
        ),
        max_size=40,
    )
)
def test_words_are_pieces_of_worrying_texts_too(pieces):
    text = "  ".join(pieces)

    assert all(words in text for found in screen(text).concerns for words in found.words)


@pytest.mark.parametrize(
    "piece",
    ["he always ", "i want to ", "a", "💀", "k m s ", "b*", "they said i ", "took a ", "kill. ", "1!"],
)
def test_a_hundred_kilobytes_are_screened_to_the_last_word(piece):
    text = (piece * (100_000 // len(piece))) + " i want to die"

    screening = screen(text)

    assert screening.most_serious is not None
    assert screening.most_serious.tier == 1
