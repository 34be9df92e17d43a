"""names of named rounds

Revision ID: 0006
Revises: 0005
Create Date: 2026-11-23 20:50:00

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('sealed_ballots', schema=None) as batch_op:
        batch_op.add_column(sa.Column('member_id', sa.String(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_sealed_ballots_member_id_members'), 'members', ['member_id'], ['id'], ondelete='SET NULL')


def downgrade():
    with op.batch_alter_table('sealed_ballots', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_sealed_ballots_member_id_members'), type_='foreignkey')
        batch_op.drop_column('member_id')
