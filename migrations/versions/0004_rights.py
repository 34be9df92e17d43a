"""rights and weights

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-23 17:20:00

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('rights',
    sa.Column('activity_id', sa.String(), nullable=False),
    sa.Column('member_id', sa.String(), nullable=False),
    sa.Column('event_id', sa.String(), nullable=False),
    sa.Column('weight', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('holder_id', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['activity_id'], ['activities.id'], name=op.f('fk_rights_activity_id_activities'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_rights_event_id_events'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['holder_id'], ['members.id'], name=op.f('fk_rights_holder_id_members'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], name=op.f('fk_rights_member_id_members'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('activity_id', 'member_id', name=op.f('pk_rights')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('rights', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rights_event_id'), ['event_id'], unique=False)
    with op.batch_alter_table('sealed_ballots', schema=None) as batch_op:
        batch_op.add_column(sa.Column('weight', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True, server_default='1'))


def downgrade():
    with op.batch_alter_table('sealed_ballots', schema=None) as batch_op:
        batch_op.drop_column('weight')
    with op.batch_alter_table('rights', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rights_event_id'))

    op.drop_table('rights')
