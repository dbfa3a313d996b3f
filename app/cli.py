"""What an operator types: `flask --app wsgi heard-…`."""

import secrets

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_security.utils import hash_password

from app.http import toolkit
from app.shared.errors import Rejected
from app.usecases import accounts, demo, upkeep

ROLES = click.Choice(accounts.ROLE_NAMES)


@click.command("heard-migrate")
@with_appcontext
def migrate() -> None:
    """Bring the database to this version's tables."""
    upkeep.migrate(current_app.config["HEARD_DATABASE_URL"])
    click.echo("The database has this version's tables.")


@click.command("heard-demo")
@with_appcontext
def load_demo() -> None:
    """Load the fictional council into an empty database; leave any other alone."""
    if not current_app.config["HEARD_DEVELOPMENT"]:
        raise click.ClickException("The demo is for development only; set HEARD_MODE=development.")
    try:
        loaded = demo.load(toolkit(), hash_password=hash_password)
    except Rejected as rejected:
        raise click.ClickException(str(rejected)) from rejected
    click.echo(loaded or "The database holds people already: the demo was not loaded again.")


@click.command("heard-add-staff")
@click.argument("email")
@click.option("--name", required=True, help="As colleagues know them.")
@click.option("--role", "roles", multiple=True, required=True, type=ROLES, help="May be given several times.")
@click.option("--phone", help="Where alerts are texted to; a UK mobile.")
@click.option("--named-lead", is_flag=True, help="Every concern alerts them; a council needs two.")
@with_appcontext
def add_staff(email: str, name: str, roles: tuple[str, ...], phone: str | None, *, named_lead: bool) -> None:
    """Add a member of staff and print a first password, once."""
    password = secrets.token_urlsafe(12)
    try:
        accounts.add_staff(
            toolkit(),
            email=email,
            name=name,
            roles=roles,
            password_hash=hash_password(password),
            phone=phone,
            is_named_lead=named_lead,
        )
    except Rejected as rejected:
        raise click.ClickException("\n".join(str(fault) for fault in rejected.faults)) from rejected
    click.echo(f"Added. First password, shown this once: {password}")


def add_commands(app: Flask) -> None:
    """Give an application our commands."""
    for command in (migrate, load_demo, add_staff):
        app.cli.add_command(command)
