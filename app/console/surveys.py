"""Surveys: published, linked, and people invited to them."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.console.access import STAFF_PATH, Permission, actor, needs
from app.console.frame import show
from app.http import toolkit
from app.shared.errors import Fault, NotFound, Rejected
from app.usecases import invitations, links, people_import, surveys

pages = Blueprint("surveys", __name__, url_prefix=f"{STAFF_PATH}/surveys")
OPEN_LINK_DAYS = 28


@pages.get("/")
@needs(Permission.RUN_SURVEYS)
def index() -> ResponseReturnValue:
    """Show every survey, and those that could be published."""
    return _show_surveys()


@pages.post("/publish")
@needs(Permission.RUN_SURVEYS)
def publish() -> ResponseReturnValue:
    """Publish an uploaded file, or one that comes with the product."""
    try:
        if "key" in request.form:
            surveys.publish_shipped(toolkit(), request.form["key"], actor_id=actor().id)
        else:
            surveys.publish_file(toolkit(), _uploaded(), actor_id=actor().id)
    except Rejected as rejected:
        return _show_surveys(rejected)
    flash("The survey is published. Nobody is invited yet.")
    return redirect(url_for("surveys.index"))


@pages.get("/<uuid:survey_id>")
@needs(Permission.RUN_SURVEYS)
def survey(survey_id: UUID) -> ResponseReturnValue:
    """Show one survey with its questions as a young person meets them."""
    return _show_survey(survey_id)


@pages.post("/<uuid:survey_id>/link")
@needs(Permission.RUN_SURVEYS)
def make_link(survey_id: UUID) -> ResponseReturnValue:
    """Make a link that anybody may open, and show it once."""
    address = links.make_open_link(toolkit(), survey_id, actor_id=actor().id, days=OPEN_LINK_DAYS)
    return _show_survey(survey_id, new_link=address)


@pages.post("/<uuid:survey_id>/links/<uuid:link_id>/close")
@needs(Permission.RUN_SURVEYS)
def close_link(survey_id: UUID, link_id: UUID) -> ResponseReturnValue:
    """Close an open link."""
    surveys.close_link(toolkit(), survey_id, link_id, actor_id=actor().id)
    flash("The link is closed.")
    return redirect(url_for("surveys.survey", survey_id=survey_id))


@pages.get("/<uuid:survey_id>/invite")
@needs(Permission.RUN_SURVEYS)
def plan(survey_id: UUID) -> ResponseReturnValue:
    """Show who would be asked and who not, before anybody is."""
    return _show_plan(survey_id)


@pages.post("/<uuid:survey_id>/invite")
@needs(Permission.RUN_SURVEYS, megabytes=1)
def invite(survey_id: UUID) -> ResponseReturnValue:
    """Ask the people whom the plan showed; links are shown this once."""
    try:
        result = invitations.invite(
            toolkit(),
            survey_id=survey_id,
            person_ids=request.form.getlist("person", type=UUID),
            actor_id=actor().id,
        )
    except Rejected as rejected:
        return _show_plan(survey_id, rejected)
    return show("console/surveys/invited.html", result=result, survey_id=survey_id)


@pages.post("/<uuid:survey_id>/invitations/<uuid:invitation_id>/link")
@needs(Permission.RUN_SURVEYS)
def personal_link(survey_id: UUID, invitation_id: UUID) -> ResponseReturnValue:
    """Make a new link for somebody who was invited, and show it once."""
    standing = next(
        (one for one in invitations.standings(toolkit(), survey_id) if one.id == invitation_id), None
    )
    if standing is None:
        raise NotFound
    address = invitations.personal_link(toolkit(), invitation_id, actor_id=actor().id)
    return _show_survey(survey_id, new_link=address, new_link_for=standing.who)


def _show_plan(survey_id: UUID, rejected: Rejected | None = None) -> ResponseReturnValue:
    teams, cohorts = request.args.getlist("team", type=UUID), request.args.getlist("cohort")
    return show(
        "console/surveys/plan.html",
        plan=invitations.plan(toolkit(), survey_id, team_ids=teams, cohorts=cohorts),
        teams=people_import.teams(toolkit()),
        cohorts=surveys.COHORT_WORDS,
        chosen_teams=teams,
        chosen_cohorts=cohorts,
        faults=() if rejected is None else rejected.faults,
        status=200 if rejected is None else 422,
    )


def _uploaded() -> bytes:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Rejected([Fault("file", "is missing; choose a survey file")])
    content: bytes = file.read()
    return content


def _show_surveys(rejected: Rejected | None = None) -> ResponseReturnValue:
    return show(
        "console/surveys/list.html",
        surveys=surveys.published(toolkit()),
        shipped=surveys.shipped(toolkit()),
        broken=() if rejected is None else rejected.faults,
        status=200 if rejected is None else 422,
    )


def _show_survey(
    survey_id: UUID, *, new_link: str | None = None, new_link_for: str | None = None
) -> ResponseReturnValue:
    return show(
        "console/surveys/survey.html",
        survey=surveys.page(toolkit(), survey_id),
        standings=invitations.standings(toolkit(), survey_id),
        new_link=new_link,
        new_link_for=new_link_for,
    )
