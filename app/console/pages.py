"""Every staff page, for the application to register."""

from app.console import concerns, others, overview, papers, people, responses, staff, surveys

BLUEPRINTS = (
    overview.pages,
    concerns.pages,
    responses.pages,
    others.pages,
    surveys.pages,
    people.pages,
    papers.pages,
    staff.pages,
)
