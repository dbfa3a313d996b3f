"""The only speaker of SQLAlchemy: tables, their few named queries, encryption at rest."""
