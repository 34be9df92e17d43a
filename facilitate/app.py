"""create_app(): the only module that knows every package."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

from flask import Flask
from flask_compress import Compress
from flask_migrate import Migrate, upgrade
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Engine

from facilitate import activities
from facilitate.challenges import views as challenge_views
from facilitate.config import Settings
from facilitate.core import assets, keys, look, pages, paths
from facilitate.core.db import db, prepare
from facilitate.core.runtime import Runtime, threads
from facilitate.core.spine import Spine
from facilitate.events.views import api, join, public, screens, studio
from facilitate.live import doors
from facilitate.people import views as people_views
from facilitate.practices import views as practice_views
from facilitate.voting import api as voting_api
from facilitate.voting import views as voting_views

BODY_LIMIT = 4_000_000
"""Bytes of a request at most."""
FEATURES = ("people", "events", "challenges", "ideas", "teams", "voting", "practices", "suitcase")
BLUEPRINTS = (
    doors.doors, people_views.pages, api.api, join.join_pages, public.public, screens.screens, studio.studio, challenge_views.board_pages,
    voting_views.result_pages, voting_api.rounds_api, practice_views.practice_pages,
)  # fmt: skip


def register() -> None:
    """Import every module in which commands, collections and variants register themselves."""
    for feature in FEATURES:
        package = importlib.import_module(f"facilitate.{feature}")
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if info.name.split(".")[2] in ("models", "queries", "commands"):
                importlib.import_module(info.name)
    for info in pkgutil.iter_modules(activities.__path__):
        importlib.import_module(f"{activities.__name__}.{info.name}")


def create_app(settings: Settings | None = None, runtime: Runtime | None = None) -> Flask:
    """The Flask app over a database that exists or is made; nothing runs until server.py starts the writer."""
    settings = settings or Settings()
    settings.folder.mkdir(parents=True, exist_ok=True)
    register()
    app = Flask("facilitate", template_folder=str(paths.templates()), static_folder=str(paths.static()))
    app.config.update(
        SECRET_KEY=keys.secret_key(settings),
        SQLALCHEMY_DATABASE_URI=settings.database,
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
        COMPRESS_ALGORITHM=["gzip"],
        COMPRESS_MIN_SIZE=600,
    )
    db.init_app(app)
    Migrate(app, db, directory=str(paths.migrations()), render_as_batch=True)
    CSRFProtect(app)
    Compress(app)
    Spine(app, settings, runtime or threads())
    with app.app_context():
        prepare(db.engine)
    pages.init_app(app)
    look.init_app(app)
    assets.init_app(app)
    for views in BLUEPRINTS:
        app.register_blueprint(views)
    return app


def migrate(app: Flask) -> None:
    """Bring the database to the newest schema."""
    with app.app_context():
        upgrade(directory=str(paths.migrations()))


def engine(app: Flask) -> Engine:
    """The engine that readers use."""
    with app.app_context():
        return db.engine


def extensions(app: Flask) -> Any:
    """The spine of an app."""
    return app.extensions["facilitate"]
