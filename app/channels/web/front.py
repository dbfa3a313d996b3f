"""The front page: who runs this, and for staff the way in; in development also what to try first."""

from flask import Blueprint, current_app, render_template

from app.http import toolkit

front = Blueprint("front", __name__)


@front.get("/")
def show() -> str:
    """Show the front page."""
    return render_template(
        "front.html", council=toolkit().council, is_demonstration="simulator" in current_app.blueprints
    )


@front.get("/livez")
def live() -> str:
    """Say that the process answers; it looks at nothing else."""
    return "ok\n"
