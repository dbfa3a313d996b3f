"""Sign-in, through HTTP."""


def test_somebody_who_signs_in_sees_what_needs_doing(enter):
    client = enter("participation_worker")

    page = client.get("/staff/")

    assert page.status_code == 200
    assert '<h1 class="govuk-heading-l">What needs doing</h1>' in page.text
