"""Each line is one frame: who does what to whom, with a doer, a tense or a voice that the rules leave open."""

import pytest

from app.analysis.concerns import screen


def kinds(text, question=""):
    return {found.kind for found in screen(text, question=question).concerns}


def tier(text, question=""):
    found = screen(text, question=question).most_serious
    return found.tier if found else None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("baz thumps us after tea", "abuse.physical"),
        ("zog smacks us", "abuse.physical"),
        ("paul pushed me down the stairs", "abuse.physical"),
        ("i get a slap if i answer back", "abuse.physical"),
        ("im black and blue", "abuse.physical"),
        ("tina smaks us wiv a shoo", "abuse.physical"),
        ("he said hell batter my brother", "threat_from_others"),
        ("theres a lad who scares me", "fear"),
        ("he keeps following me home", "fear"),
        ("did not know who i could tell", "fear"),
        ("a boy keeps showing me his bits", "abuse.sexual"),
        ("he is 31 and he wants to kiss me", "abuse.sexual"),
        ("my cousin told me uncle does things to her", "abuse.sexual"),
        ("he puts his hand up my top", "abuse.sexual"),
        ("my unkel makes me tuch him", "abuse.sexual"),
        ("darren said im the reason mum left", "abuse.emotional"),
        ("she only keeps me for the money", "abuse.emotional"),
        ("have to sit on the step all night if im bad", "abuse.emotional"),
        ("says ill never see my mum again", "abuse.emotional"),
        ("no tea for us if were late", "neglect"),
        ("we only have bread to eat", "neglect"),
        ("nobody takes me to the dr", "neglect"),
        ("no gas till friday", "no_money_food"),
        ("being made to sell for olders", "exploitation.criminal"),
        ("this guy gives the girls vapes", "exploitation.criminal"),
        ("pay him back or else", "exploitation.criminal"),
        ("wants me to sleep with his mates", "exploitation.sexual"),
        ("steve shoves mum about", "domestic_abuse"),
        ("my bf has to know where i am every minute", "domestic_abuse"),
        ("lacey did not come home last night", "missing"),
        ("no one has seen her since friday", "missing"),
        ("no roof over my head", "homelessness"),
        ("they chuck food at me on the bus", "bullying"),
        ("they ganged up on me", "bullying"),
        ("take tablets off a mate to sleep", "substance"),
        ("mum is back on the gear", "substance"),
        ("gonna smash his face in", "harm_to_others"),
        ("im scared ill hurt my baby", "harm_to_others"),
        ("a guy from discord said we should meet", "online_harm"),
        ("hell show everyone if i block him", "online_harm"),
        ("someones pretending to be me online", "online_harm"),
        ("i sick my food up", "eating"),
        ("i stopped eating lunch", "eating"),
        ("i work in the nail shop and dont get paid", "trafficking_modern_slavery"),
        ("my aunty says ill be cut in the holidays", "forced_marriage_fgm"),
        ("they say we should fight the muslims", "radicalisation"),
        ("who would even notice me if i was gone", "suicide"),
        ("i dont see myself being around next summer", "suicide"),
        ("kaylee said shes going to take all her tablets", "suicide"),
        ("i scrach my arms till it bleeds", "self_harm"),
        ("she burns her hand on purpose", "self_harm"),
        ("dad lays into me when hes had a drink", "abuse.physical"),
        ("he came back with a mark on his cheek and says mum did it", "abuse.physical"),
        ("the coach keeps texting me at night", "abuse.sexual"),
        ("grandad plays a rude game", "abuse.sexual"),
        ("nan says no one could ever love me", "abuse.emotional"),
        ("i get my little brothers ready for school every day", "neglect"),
        ("he says i belong to him", "exploitation.criminal"),
        ("a girl here is getting in cars with older men", "exploitation.sexual"),
        ("scared to break up with my boyfriend", "domestic_abuse"),
        ("i slept at some guys house", "missing"),
        ("ive got until monday then i have nowhere", "homelessness"),
        ("the kids say i smell", "bullying"),
        ("i want to smash his head in", "harm_to_others"),
        ("a guy has my photos and wants money", "online_harm"),
        ("when im sad i scratch", "self_harm"),
        ("i wish a bus would hit me", "suicide"),
        ("i put a chair against my door", "fear"),
    ],
)
def test_a_frame_is_heard_whoever_fills_it(text, kind):
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "cant find a dentist who takes me on",
        "i want to stay in my college with friends",
        "been waiting for a sofa 2 months",
        "had my inhaler for asthma",
        "jake hit me with a water balloon it was so funny",
        "got hit by the ball in pe",
        "he kicked me by accident",
        "my foster dad beats me at chess every time",
        "she pushes me to do my best",
        "it hit me that i move next week",
        "the jab hurt me a bit",
        "slept in a tent at scout camp",
        "my dad sends me pictures of my dog",
        "he watches me play football every saturday",
        "they laugh with me",
        "maths scares me lol",
        "my carer does fun stuff with me at the weekend",
        "stopped eating meat",
        "my hours got cut",
        "my brother is 24 and lives in leeds",
        "my boyfriend is 17 and he is lovely im 17",
        "new worker wants to meet me on monday",
        "no dinner for me thanks",
        "someone came to talk to us about knife crime",
        "need a sofa for my flat",
        "my cat scratches me but i love her",
        "got a new phone from my carers for my birthday",
        "my uncle is getting married in june",
        "they keep my passport safe in the office",
        "she took my phone cos i was on it late",
        "they took my xbox away for a week",
        "my worker drives me to london on the train",
        "i want to drop maths",
        "came off my scooter and got a bruise",
        "nan got me new trainers for college",
        "my grant hasnt come",
        "someone to chase the council with me",
        "they trust me to stay home alone for a bit",
        "i use the bus",
        "he made me laugh",
        "nobody told me about the meeting",
    ],
)
def test_what_only_looks_like_a_frame_is_left_alone(text):
    assert screen(text).concerns == ()


def test_an_accident_hides_only_its_own_words():
    assert kinds("he kicked me by accident but mick hits me") == {"abuse.physical"}


@pytest.mark.parametrize(
    "answer",
    ["hardly ever", "not at all", "Never", "no never", "honestly no", "only when hes out", "a bit", "🙁"],
)
def test_hardly_ever_feeling_safe_is_a_concern(answer):
    assert tier(answer, "How often do you feel safe where you live?") == 2


@pytest.mark.parametrize("answer", ["always", "All the time", "most nights", "yes", "sometimes"])
def test_often_feeling_unsafe_is_a_concern(answer):
    assert tier(answer, "How often do you feel unsafe?") == 2


@pytest.mark.parametrize("answer", ["never", "no", "hardly ever", "not really"])
def test_never_feeling_unsafe_is_none(answer):
    assert screen(answer, question="How often do you feel unsafe?").concerns == ()


def test_always_feeling_lonely_is_followed_up():
    assert tier("always", "How often do you feel lonely?") == 3


def test_always_is_none_where_it_is_good():
    assert screen("always", question="How often do you feel happy?").concerns == ()
