"""when an activity was paused together with its event

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-23 17:15:00

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade():
    op.execute('DELETE FROM undos')  # what can be taken back is noted differently from here on
    with op.batch_alter_table('activities', schema=None) as batch_op:
        batch_op.add_column(sa.Column('rested_at', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))


def downgrade():
    with op.batch_alter_table('activities', schema=None) as batch_op:
        batch_op.drop_column('rested_at')
