"""People taken in, surveys published, people invited: each along its common path."""

import re

from sqlalchemy import select

from app.storage.people import Person
from tests.factories import a_lead, a_person, a_survey
from tests.functional.console.pages import first, upload


class TestPeople:
    def test_a_good_file_is_taken_in(self, enter):
        client = enter("participation_worker")
        example = client.get("/staff/people/example.csv").data

        answer = upload(client, example)

        assert answer.status_code == 302
        page = client.get("/staff/people/").text
        assert "4 people were taken in. New teams: 3." in page
        assert "Sam Example" not in page

    def test_a_bad_file_is_told_row_by_row_and_nobody_is_taken_in(self, kit, enter):
        client = enter("participation_worker")

        answer = upload(client, b"name,phone,cohort,age_band,team\nSam,020,carer,18+,\n")

        assert answer.status_code == 422
        assert "Nobody was taken in: 2 mistakes" in answer.text
        assert "Row 2, column phone" in answer.text
        assert first(kit, Person) is None

    def test_a_file_of_two_hundred_kilobytes_is_not_too_big(self, enter):
        rows = b"".join(b"Sam Example,,carer,18+,%s\n" % (b"North team " * 8) for _ in range(1900))
        assert len(rows) > 200_000

        answer = upload(enter("participation_worker"), b"name,phone,cohort,age_band,team\n" + rows)

        assert answer.status_code == 302

    def test_a_file_that_is_too_big_is_told_so(self, enter):
        answer = upload(enter("participation_worker"), b"x" * (5 * 1024 * 1024 + 10))

        assert answer.status_code == 422
        assert "is larger than 5 MB" in answer.text

    def test_another_form_takes_no_such_file(self, enter):
        client = enter("participation_worker")

        answer = upload(client, b"x" * 200_000, "/staff/surveys/", "/staff/surveys/publish")

        assert answer.status_code == 413


def two_leads(kit):
    a_lead(kit)
    a_lead(kit, email="second@example.org", phone=None)


class TestSurveys:
    def test_nobody_is_asked_while_nobody_might_be_alerted(self, kit, enter):
        survey = f"/staff/surveys/{a_survey(kit)}/invite"
        person = a_person(kit)
        client = enter("participation_worker")

        published = client.send("/staff/surveys/", "/staff/surveys/publish", {"key": "pulse-11-17"})
        invited = client.send(survey, survey, {"person": [str(person)]})

        assert (published.status_code, invited.status_code) == (422, 422)
        assert "Ask an administrator to add one first." in published.text
        assert "Ask an administrator to add one first." in invited.text
        assert "1 would be asked" in invited.text

    def test_a_shipped_survey_is_published_and_people_are_invited(self, kit, enter):
        two_leads(kit)
        a_person(kit)
        a_person(kit, phone=None)
        client = enter("participation_worker")
        client.send("/staff/surveys/", "/staff/surveys/publish", {"key": "pulse-11-17"})
        with kit.toolkit.database.read() as work:
            people = work.session.scalars(select(Person.id)).all()
        (survey,) = re.findall(r'href="/staff/surveys/([0-9a-f-]{36})"', client.get("/staff/surveys/").text)

        plan = client.get(f"/staff/surveys/{survey}/invite").text
        invited = client.send(
            f"/staff/surveys/{survey}/invite",
            f"/staff/surveys/{survey}/invite",
            {"person": [str(person) for person in people]},
        ).text
        kit.work_off()

        assert "2 would be asked" in plan
        assert "1 text goes out. 1 link was made." in invited
        assert "https://heard.example.org/t/" in invited
        assert len(kit.gateway.sent) == 1

    def test_a_broken_survey_file_is_told_line_by_line(self, enter):
        client = enter("participation_worker")

        answer = upload(
            client, b"key: x\nversion: 1\nquestions: []\n", "/staff/surveys/", "/staff/surveys/publish"
        )

        assert answer.status_code == 422
        assert "Nothing was published" in answer.text
        assert "line " in answer.text
        assert "No survey is published yet." in answer.text

    def test_an_open_link_is_shown_once(self, kit, enter):
        survey_id = a_survey(kit)
        client = enter("participation_worker")
        page = f"/staff/surveys/{survey_id}"

        shown = client.send(page, f"{page}/link").text

        assert "https://heard.example.org/s/" in shown
        assert "https://heard.example.org/s/" not in client.get(page).text
