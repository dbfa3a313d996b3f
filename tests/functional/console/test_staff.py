"""Accounts, as an administrator sees them."""


class TestStaff:
    def test_an_administrator_switches_an_account_off(self, enter, add_account):
        gone = add_account("report_reader")
        client = enter("administrator")

        client.send("/staff/staff/", f"/staff/staff/{gone}/switch", {"to": "off"})

        assert "switched off" in client.get("/staff/staff/").text

    def test_a_role_cannot_be_slipped_into_a_form(self, enter, add_account):
        reader = add_account("report_reader")
        client = enter("administrator")

        client.send(
            "/staff/staff/",
            f"/staff/staff/{reader}/switch",
            {"to": "on", "roles": "safeguarding_lead", "is_named_lead": "1"},
        )

        page = client.get("/staff/staff/").text
        assert "Safeguarding lead" not in page
        assert "alerted of every concern" not in page

    def test_the_last_named_lead_is_not_switched_off(self, enter, add_account):
        lead = add_account("safeguarding_lead", is_named_lead=True)
        client = enter("administrator")

        answer = client.send("/staff/staff/", f"/staff/staff/{lead}/switch", {"to": "off"})

        assert answer.status_code == 422
        assert "they are the last named lead" in answer.text
        assert "switched off" not in client.get("/staff/staff/").text
