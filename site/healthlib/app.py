"""The application factory: the one module that knows all others."""

import os

from flask import Flask

from healthlib.cli.content import content_commands
from healthlib.cli.index import index_commands
from healthlib.config import ROOT, Settings, load_settings
from healthlib.content.templates import FOLDER as TEMPLATES
from healthlib.search.generation.layout import Layout
from healthlib.search.generation.live import Live
from healthlib.web.compare import comparing
from healthlib.web.context import LIVE, SETTINGS, give_back_generation, live_of, settings_of
from healthlib.web.errors import init_errors
from healthlib.web.feeds import feeds
from healthlib.web.frame import init_frames
from healthlib.web.gallery.views import gallery
from healthlib.web.glossary import glossary
from healthlib.web.headers import init_headers
from healthlib.web.home import home
from healthlib.web.library import library
from healthlib.web.pagecache.cache import PageCache, Rules
from healthlib.web.saved import saving
from healthlib.web.search import searching
from healthlib.web.sessions import QuietSessions
from healthlib.web.templating import SiteTemplates, init_templating
from healthlib.web.twins import twins


def create_app(settings: Settings | None = None) -> Flask:
    """Return the site as a WSGI application.

    Args:
        settings: the settings; read from the environment when left out.

    Raises:
        SettingsError: when a setting is wrong, or a secret is missing where readers are to be served.
    """
    settings = settings or load_settings()
    if not _runs_a_command():
        settings.require_secret()
    app = Flask("healthlib", template_folder=str(TEMPLATES), static_folder=str(ROOT / "static"))
    app.jinja_environment = SiteTemplates
    app.session_interface = QuietSessions()
    _configure(app, settings)
    _connect_generations(app, settings)
    _add_pages(app)
    _add_commands(app)
    _add_cache(app, settings)
    return app


def _runs_a_command() -> bool:
    """Whether this is `flask SOMETHING`: building an index signs nothing, so it needs no secret."""
    return os.environ.get("FLASK_RUN_FROM_CLI") == "true"


def _configure(app: Flask, settings: Settings) -> None:
    app.config[SETTINGS] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        TEMPLATES_AUTO_RELOAD=settings.environment == "development",
        MAX_CONTENT_LENGTH=64 * 1024,
    )


def _connect_generations(app: Flask, settings: Settings) -> None:
    app.extensions[LIVE] = Live(Layout(settings.index_dir))
    app.teardown_request(give_back_generation)


def _add_pages(app: Flask) -> None:
    init_templating(app)
    init_frames(app)
    init_headers(app)
    init_errors(app)
    for blueprint in (home, searching, saving, feeds, twins, glossary, comparing, library):
        app.register_blueprint(blueprint)
    if settings_of(app).environment == "development":
        app.register_blueprint(gallery)


def _add_commands(app: Flask) -> None:
    app.cli.add_command(content_commands)
    app.cli.add_command(index_commands)


def _add_cache(app: Flask, settings: Settings) -> None:
    """Put ready answers in front; not in development, where changed templates must be seen at once."""
    if settings.environment == "production" and settings.page_cache_mb:
        rules = Rules(settings.page_cache_mb, live_of(app).stamp, f"{app.static_url_path}/", settings.trusted_hosts)
        app.wsgi_app = PageCache(app.wsgi_app, rules)  # type: ignore[method-assign]
