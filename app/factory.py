"""Put the application together, for a web server and for a worker."""

from celery import Celery
from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from app import cli, http, tasks, wiring
from app.channels import simulator, twilio, web
from app.console import pages, signin
from app.settings import Mode, Settings
from app.usecases import demo


def create_app(settings: Settings) -> Flask:
    """Return the web application."""
    queue = tasks.make_queue(settings.broker_url, settings.data_dir)
    toolkit = wiring.build_toolkit(settings, queue)
    app = Flask(__name__, static_folder="static", template_folder="templates")
    app.config.update(_flask_config(settings))
    app.extensions["heard"] = toolkit
    app.extensions["heard_twilio"] = wiring.twilio_account(settings)
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign] # Flask's documented way
            app.wsgi_app, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies
        )
    _draw_with_govuk_components(app)
    csrf = CSRFProtect(app)
    http.protect(app)
    signin.protect_sign_in(app, toolkit.database)
    for blueprint in (twilio.webhook, web.pages):
        csrf.exempt(blueprint)
        app.register_blueprint(blueprint)
    app.register_blueprint(web.front)
    if settings.simulator:
        app.register_blueprint(simulator.pages)
    for blueprint in pages.BLUEPRINTS:
        app.register_blueprint(blueprint)
    cli.add_commands(app)
    return app


def create_worker(settings: Settings) -> Celery:
    """Return the queue with every task on it, for a worker and the beat."""
    queue = tasks.make_queue(settings.broker_url, settings.data_dir)
    tasks.register(queue, wiring.build_toolkit(settings, queue))
    return queue


def _flask_config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key.get_secret_value(),
        "SECURITY_PASSWORD_SALT": settings.password_salt.get_secret_value(),
        "HEARD_DEVELOPMENT": settings.mode is Mode.DEVELOPMENT,
        "HEARD_DEMO_ACCOUNTS": demo.sign_ins() if settings.mode is Mode.DEVELOPMENT else (),
        "HEARD_DATABASE_URL": settings.database_url,
        "HEARD_HTTPS": settings.public_url.startswith("https://"),
    }


def _draw_with_govuk_components(app: Flask) -> None:
    own = app.jinja_loader
    assert own is not None  # noqa: S101 — an application with a template folder has a loader
    # The macros import one another by this prefix.
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([own, components])
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
