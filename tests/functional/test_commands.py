"""What an operator types, and what it answers."""

import pytest
from sqlalchemy import select

from app.storage.staff import Staff


@pytest.fixture
def run(app):
    def run(*words: str):
        return app.test_cli_runner().invoke(args=words)

    return run


def test_a_member_of_staff_is_added_with_a_first_password(run, kit):
    done = run(
        "heard-add-staff", "Pat@example.org", "--name", "Pat Example", "--role", "safeguarding_lead",
        "--phone", "07700 900801", "--named-lead",
    )  # fmt: skip

    with kit.toolkit.database.read() as work:
        staff = work.session.scalars(select(Staff)).unique().one()
    assert done.exit_code == 0
    assert "First password, shown this once:" in done.output
    assert (staff.email, staff.is_named_lead) == ("pat@example.org", True)
    assert done.output.split()[-1] not in staff.password


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--phone", "01905 822666"), "is not a UK mobile"),
        (("--role", "headteacher"), "is not one of"),
    ],
)
def test_what_is_wrong_is_told_and_nobody_is_added(run, kit, words, told):
    done = run("heard-add-staff", "pat@example.org", "--name", "Pat", "--role", "report_reader", *words)

    with kit.toolkit.database.read() as work:
        assert work.session.scalars(select(Staff)).unique().all() == []
    assert done.exit_code != 0
    assert told in done.output


def test_the_same_address_is_refused_the_second_time(run):
    words = ("heard-add-staff", "pat@example.org", "--name", "Pat", "--role", "report_reader")
    run(*words)

    done = run(*words)

    assert done.exit_code == 1
    assert "First password" not in done.output


def test_migrating_says_so(run):
    done = run("heard-migrate")

    assert done.output == "The database has this version's tables.\n"


def test_the_demo_is_for_development_only(app, run):
    app.config["HEARD_DEVELOPMENT"] = False

    done = run("heard-demo")

    assert done.exit_code == 1
    assert "development only" in done.output


def test_the_front_page_says_who_we_are_and_the_process_answers(client):
    assert "Marlshire Youth Voice team" in client.get("/").text
    assert client.get("/livez").text == "ok\n"
