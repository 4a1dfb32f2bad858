"""What Alembic runs: the migrations, within the transaction that the ledger has begun."""

from alembic import context

from callreview.store.schema import metadata
from callreview.store.versions import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
