"""Alembic's entry point: runs the migrations on the connection that the caller hands over."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, render_as_batch=True, transactional_ddl=False)
with context.begin_transaction():
    context.run_migrations()
