"""Make the first tables: people, surveys, conversations, messages, answers, the queue, staff, papers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_at"), "audit", ["at"])

    op.create_table(
        "delivery_reports",
        sa.Column("provider_id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("error_code", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_reports")),
        sa.UniqueConstraint("digest", name=op.f("uq_delivery_reports_digest")),
    )
    op.create_index(op.f("ix_delivery_reports_provider_id"), "delivery_reports", ["provider_id"])

    op.create_table(
        "roles",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles")),
        sa.UniqueConstraint("name", name=op.f("uq_roles_name")),
    )
    op.create_table(
        "staff",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(), nullable=False),
        sa.Column("phone_sealed", sa.String(), nullable=True),
        sa.Column("is_named_lead", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_staff_fs_uniquifier")),
    )
    op.create_table(
        "survey_versions",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_versions")),
        sa.UniqueConstraint("key", "version", name=op.f("uq_survey_versions_key_version")),
    )
    op.create_table(
        "teams",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
        sa.UniqueConstraint("name", name=op.f("uq_teams_name")),
    )
    op.create_table(
        "board_papers",
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("figures", sa.String(), nullable=False),
        sa.Column("checksum", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("prepared_by", sa.Uuid(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by", sa.Uuid(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_for", sa.String(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["checked_by"], ["staff.id"], name=op.f("fk_board_papers_checked_by_staff")),
        sa.ForeignKeyConstraint(
            ["prepared_by"], ["staff.id"], name=op.f("fk_board_papers_prepared_by_staff")
        ),
        sa.ForeignKeyConstraint(
            ["released_by"], ["staff.id"], name=op.f("fk_board_papers_released_by_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_papers")),
        sa.UniqueConstraint("released_for", name=op.f("uq_board_papers_released_for")),
    )
    op.create_index(op.f("ix_board_papers_quarter"), "board_papers", ["quarter"])

    op.create_table(
        "people",
        sa.Column("designation", sa.String(), nullable=False),
        sa.Column("cohort", sa.String(), nullable=False),
        sa.Column("age_band", sa.String(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("name_sealed", sa.String(), nullable=False),
        sa.Column("phone_sealed", sa.String(), nullable=True),
        sa.Column("phone_fingerprint", sa.String(), nullable=True),
        sa.Column("texts_stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("number_doubted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("open_prompt", sa.String(), nullable=True),
        sa.Column("open_prompt_concern_id", sa.Uuid(), nullable=True),
        sa.Column("last_support_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_more_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_people_team_id_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("designation", name=op.f("uq_people_designation")),
        sa.UniqueConstraint("phone_fingerprint", name=op.f("uq_people_phone_fingerprint")),
    )
    op.create_index(op.f("ix_people_team_id"), "people", ["team_id"])

    op.create_table(
        "staff_roles",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("role_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["roles.id"], name=op.f("fk_staff_roles_role_id_roles")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_roles_staff_id_staff")),
        sa.PrimaryKeyConstraint("staff_id", "role_id", name=op.f("pk_staff_roles")),
    )
    op.create_table(
        "invitations",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("joined_wording", sa.String(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_invitations_person_id_people")),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey_versions.id"], name=op.f("fk_invitations_survey_id_survey_versions")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_invitations_team_id_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("survey_id", "person_id", name=op.f("uq_invitations_survey_id_person_id")),
    )
    op.create_index(op.f("ix_invitations_invited_at"), "invitations", ["invited_at"])
    op.create_index(op.f("ix_invitations_person_id"), "invitations", ["person_id"])

    op.create_table(
        "conversations",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("invitation_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("state_sealed", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_conversations_invitation_id_invitations")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_conversations_person_id_people")),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey_versions.id"], name=op.f("fk_conversations_survey_id_survey_versions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
        sa.UniqueConstraint("invitation_id", name=op.f("uq_conversations_invitation_id")),
    )
    op.create_index(op.f("ix_conversations_person_id"), "conversations", ["person_id"])
    op.create_index(op.f("ix_conversations_survey_id"), "conversations", ["survey_id"])

    op.create_table(
        "inbound_messages",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("provider_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("phone_sealed", sa.String(), nullable=True),
        sa.Column("phone_fingerprint", sa.String(), nullable=True),
        sa.Column("body_sealed", sa.String(), nullable=False),
        sa.Column("reply_sealed", sa.String(), nullable=True),
        sa.Column("taken_as", sa.String(), nullable=True),
        sa.Column("screening", sa.String(), nullable=True),
        sa.Column("opt_out", sa.String(), nullable=True),
        sa.Column("media_count", sa.Integer(), nullable=False),
        sa.Column("has_words", sa.Boolean(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_by", sa.Uuid(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_inbound_messages_conversation_id_conversations"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_inbound_messages_person_id_people")
        ),
        sa.ForeignKeyConstraint(["read_by"], ["staff.id"], name=op.f("fk_inbound_messages_read_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_messages")),
        sa.UniqueConstraint("provider", "provider_id", name=op.f("uq_inbound_messages_provider_provider_id")),
    )
    op.create_index(op.f("ix_inbound_messages_conversation_id"), "inbound_messages", ["conversation_id"])
    op.create_index(op.f("ix_inbound_messages_person_id"), "inbound_messages", ["person_id"])
    op.create_index(op.f("ix_inbound_messages_phone_fingerprint"), "inbound_messages", ["phone_fingerprint"])
    op.create_index(op.f("ix_inbound_messages_received_at"), "inbound_messages", ["received_at"])

    op.create_table(
        "web_links",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=True),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("form_hash", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_web_links_conversation_id_conversations")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_web_links_invitation_id_invitations")
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey_versions.id"], name=op.f("fk_web_links_survey_id_survey_versions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_links")),
        sa.UniqueConstraint("form_hash", name=op.f("uq_web_links_form_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_web_links_token_hash")),
    )
    op.create_index(op.f("ix_web_links_invitation_id"), "web_links", ["invitation_id"])

    op.create_table(
        "answers",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("inbound_id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("cohort", sa.String(), nullable=True),
        sa.Column("age_band", sa.String(), nullable=True),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("value_sealed", sa.String(), nullable=True),
        sa.Column("text_sealed", sa.String(), nullable=True),
        sa.Column("has_words", sa.Boolean(), nullable=False),
        sa.Column("skipped", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tagged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_answers_conversation_id_conversations")
        ),
        sa.ForeignKeyConstraint(
            ["inbound_id"], ["inbound_messages.id"], name=op.f("fk_answers_inbound_id_inbound_messages")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_answers_person_id_people")),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey_versions.id"], name=op.f("fk_answers_survey_id_survey_versions")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_answers_team_id_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint(
            "conversation_id", "question_id", name=op.f("uq_answers_conversation_id_question_id")
        ),
    )
    op.create_index(op.f("ix_answers_answered_at"), "answers", ["answered_at"])
    op.create_index(op.f("ix_answers_inbound_id"), "answers", ["inbound_id"])
    op.create_index(op.f("ix_answers_person_id"), "answers", ["person_id"])

    op.create_table(
        "concerns",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("screen_tier", sa.Integer(), nullable=True),
        sa.Column("position_of_trust", sa.Boolean(), nullable=False),
        sa.Column("found_sealed", sa.String(), nullable=True),
        sa.Column("screen_version", sa.String(), nullable=True),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("taken_by", sa.Uuid(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("note_sealed", sa.String(), nullable=True),
        sa.Column("told_young_person", sa.Boolean(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["closed_by"], ["staff.id"], name=op.f("fk_concerns_closed_by_staff")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_concerns_conversation_id_conversations")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["inbound_messages.id"], name=op.f("fk_concerns_message_id_inbound_messages")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_concerns_person_id_people")),
        sa.ForeignKeyConstraint(["taken_by"], ["staff.id"], name=op.f("fk_concerns_taken_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concerns")),
        sa.UniqueConstraint("reference", name=op.f("uq_concerns_reference")),
    )
    op.create_index(op.f("ix_concerns_conversation_id"), "concerns", ["conversation_id"])
    op.create_index(op.f("ix_concerns_due_at"), "concerns", ["due_at"])
    op.create_index(op.f("ix_concerns_message_id"), "concerns", ["message_id"])
    op.create_index(op.f("ix_concerns_person_id"), "concerns", ["person_id"])
    op.create_index(op.f("ix_concerns_state"), "concerns", ["state"])

    op.create_table(
        "machine_tags",
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("words_sealed", sa.String(), nullable=False),
        sa.Column("tagger_version", sa.String(), nullable=False),
        sa.Column("tagged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name=op.f("fk_machine_tags_answer_id_answers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_machine_tags")),
    )
    op.create_index(op.f("ix_machine_tags_answer_id"), "machine_tags", ["answer_id"])

    op.create_table(
        "outbox",
        sa.Column("transport", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("answers_id", sa.Uuid(), nullable=True),
        sa.Column("concern_id", sa.Uuid(), nullable=True),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("to_sealed", sa.String(), nullable=True),
        sa.Column("body_sealed", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("provider_id", sa.String(), nullable=True),
        sa.Column("error_code", sa.String(), nullable=True),
        sa.Column("delivery", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answers_id"], ["inbound_messages.id"], name=op.f("fk_outbox_answers_id_inbound_messages")
        ),
        sa.ForeignKeyConstraint(["concern_id"], ["concerns.id"], name=op.f("fk_outbox_concern_id_concerns")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_outbox_conversation_id_conversations")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_outbox_person_id_people")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_outbox_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(op.f("ix_outbox_answers_id"), "outbox", ["answers_id"])
    op.create_index(op.f("ix_outbox_concern_id"), "outbox", ["concern_id"])
    op.create_index(op.f("ix_outbox_conversation_id"), "outbox", ["conversation_id"])
    op.create_index(op.f("ix_outbox_due_at"), "outbox", ["due_at"])
    op.create_index(op.f("ix_outbox_person_id"), "outbox", ["person_id"])
    op.create_index(op.f("ix_outbox_provider_id"), "outbox", ["provider_id"])
    op.create_index(op.f("ix_outbox_state"), "outbox", ["state"])

    op.create_table(
        "tag_reviews",
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=False),
        sa.Column("sentiment", sa.String(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name=op.f("fk_tag_reviews_answer_id_answers")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["staff.id"], name=op.f("fk_tag_reviews_reviewer_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_reviews")),
    )
    op.create_index(op.f("ix_tag_reviews_answer_id"), "tag_reviews", ["answer_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_tag_reviews_answer_id"), table_name="tag_reviews")

    op.drop_table("tag_reviews")
    op.drop_index(op.f("ix_outbox_state"), table_name="outbox")
    op.drop_index(op.f("ix_outbox_provider_id"), table_name="outbox")
    op.drop_index(op.f("ix_outbox_person_id"), table_name="outbox")
    op.drop_index(op.f("ix_outbox_due_at"), table_name="outbox")
    op.drop_index(op.f("ix_outbox_conversation_id"), table_name="outbox")
    op.drop_index(op.f("ix_outbox_concern_id"), table_name="outbox")
    op.drop_index(op.f("ix_outbox_answers_id"), table_name="outbox")

    op.drop_table("outbox")
    op.drop_index(op.f("ix_machine_tags_answer_id"), table_name="machine_tags")

    op.drop_table("machine_tags")
    op.drop_index(op.f("ix_concerns_state"), table_name="concerns")
    op.drop_index(op.f("ix_concerns_person_id"), table_name="concerns")
    op.drop_index(op.f("ix_concerns_message_id"), table_name="concerns")
    op.drop_index(op.f("ix_concerns_due_at"), table_name="concerns")
    op.drop_index(op.f("ix_concerns_conversation_id"), table_name="concerns")

    op.drop_table("concerns")
    op.drop_index(op.f("ix_answers_person_id"), table_name="answers")
    op.drop_index(op.f("ix_answers_inbound_id"), table_name="answers")
    op.drop_index(op.f("ix_answers_answered_at"), table_name="answers")

    op.drop_table("answers")
    op.drop_index(op.f("ix_web_links_invitation_id"), table_name="web_links")

    op.drop_table("web_links")
    op.drop_index(op.f("ix_inbound_messages_received_at"), table_name="inbound_messages")
    op.drop_index(op.f("ix_inbound_messages_phone_fingerprint"), table_name="inbound_messages")
    op.drop_index(op.f("ix_inbound_messages_person_id"), table_name="inbound_messages")
    op.drop_index(op.f("ix_inbound_messages_conversation_id"), table_name="inbound_messages")

    op.drop_table("inbound_messages")
    op.drop_index(op.f("ix_conversations_survey_id"), table_name="conversations")
    op.drop_index(op.f("ix_conversations_person_id"), table_name="conversations")

    op.drop_table("conversations")
    op.drop_index(op.f("ix_invitations_person_id"), table_name="invitations")
    op.drop_index(op.f("ix_invitations_invited_at"), table_name="invitations")

    op.drop_table("invitations")
    op.drop_table("staff_roles")
    op.drop_index(op.f("ix_people_team_id"), table_name="people")

    op.drop_table("people")
    op.drop_index(op.f("ix_board_papers_quarter"), table_name="board_papers")

    op.drop_table("board_papers")
    op.drop_table("teams")
    op.drop_table("survey_versions")
    op.drop_table("staff")
    op.drop_table("roles")
    op.drop_index(op.f("ix_delivery_reports_provider_id"), table_name="delivery_reports")

    op.drop_table("delivery_reports")
    op.drop_index(op.f("ix_audit_at"), table_name="audit")

    op.drop_table("audit")
