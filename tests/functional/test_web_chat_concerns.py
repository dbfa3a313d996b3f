"""The web chat, through HTTP: what a page does when something worries us."""

from app.storage.concerns import Concern
from app.storage.conversations import Conversation, ConversationStatus
from tests.functional.chat import SERIOUS, count, heading_of, one, send, turn_on


class TestConcerns:
    def test_a_serious_one_pauses_the_questions_and_says_who_helps(self, client, kit, started):
        page = send(client, started, SERIOUS)

        assert heading_of(page) == "Thank you"
        assert "You did right to tell us" in page.text
        assert "There are no more questions for now." in page.text
        assert "<button" not in page.text
        assert count(kit, Concern) == 1

    def test_who_opens_the_page_later_does_not_learn_of_it(self, client, kit, started):
        send(client, started, SERIOUS)
        kit.clock.pass_time(minutes=31)

        page = client.get(started)

        assert "did right to tell us" not in page.text
        assert "There are no more questions for now." in page.text

    def test_a_lesser_one_lets_them_choose_to_carry_on(self, client, kit, started):
        choosing = send(client, started, "I feel so low every day and I cut myself last year")
        assert one(kit, Conversation).status == ConversationStatus.CHOOSING
        page = send(client, started, "1", turn_on(choosing))

        assert "1. Carry on" in choosing.text
        assert page.status_code == 200
        assert one(kit, Conversation).status == ConversationStatus.ASKING

    def test_a_lesser_one_lets_them_stop(self, client, kit, started):
        choosing = send(client, started, "I feel so low every day and I cut myself last year")
        page = send(client, started, "2", turn_on(choosing))

        assert heading_of(page) == "OK, we have stopped"
        assert one(kit, Conversation).status == ConversationStatus.STOPPED

    def test_a_concern_in_a_late_tab_is_raised_too(self, client, kit, started):
        send(client, started, "yes", "0")
        page = send(client, started, SERIOUS, "0")

        assert count(kit, Concern) == 1
        assert "You did right to tell us" in page.text


class TestWhatIsLogged:
    def test_no_words_and_no_token(self, client, started, caplog):
        caplog.set_level("DEBUG")

        send(client, started, "my marked words", "0")
        client.get(started)

        assert "marked" not in caplog.text
        assert started.removeprefix("/t/") not in caplog.text
