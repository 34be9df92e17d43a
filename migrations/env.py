"""Runs the migrations on the app's own engine; on SQLite tables are altered in batches."""

from alembic import context
from flask import current_app

from facilitate.core.db import Base

engine = current_app.extensions["migrate"].db.engine

with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
