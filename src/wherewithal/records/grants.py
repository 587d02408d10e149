"""What the application's role may do in the database: the first wall, before the triggers.

The role owns nothing. Transfers, accounts, traces, looks, kept answers, releases and every audit event can
only be added and read; nothing can be truncated; no trigger can be switched off. A survey's tables may be
rewritten (VACUUM FULL), so that what was cleared leaves no trace in their files; so may that of the parts of
a file that somebody brought. Applied by the owner after each migration.
"""

from collections.abc import Sequence

from django.db import connection
from psycopg import sql

ROLE = "wherewithal_app"
ONLY_ADDED = (
    "records_transfer", "records_account", "records_opening", "records_keptanswer", "records_release",
    "records_releasefile", "records_earlylook", "records_talk", "records_look", "records_namedlook",
    "records_submission", "records_broughtlook",
)  # fmt: skip
REWRITTEN = (
    "records_invitation", "records_draft", "records_reply", "records_replykey", "records_quotation",
    "records_answerfile",
)  # fmt: skip
EMPTIED = ("records_broughtpart",)
# Roles belong to all databases of a server: whoever sets up another at the same moment makes the same one.
_MADE = """
    DO $$ BEGIN CREATE ROLE {} NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$
"""


def apply(logins: Sequence[str] = ()) -> None:
    """Create the role where it is missing, set its rights on every table, let ``logins`` work as it.

    Runs as the owner; raises the database's own error when the login may not grant.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
        role = sql.Identifier(ROLE)
        if not cursor.fetchone():
            cursor.execute(sql.SQL(_MADE).format(role))
        cursor.execute("SELECT current_user")
        for login in {*logins, cursor.fetchone()[0]}:
            cursor.execute(sql.SQL("GRANT {} TO {}").format(role, sql.Identifier(login)))
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role))
        cursor.execute(sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(role))
        cursor.execute(sql.SQL("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {}").format(role))
        for table in connection.introspection.table_names(cursor):
            rights = "SELECT, INSERT" if only_added(table) else "SELECT, INSERT, UPDATE, DELETE"
            rights += ", MAINTAIN" if table in (*REWRITTEN, *EMPTIED) else ""
            cursor.execute(
                sql.SQL("REVOKE ALL ON {table} FROM {role}; GRANT {rights} ON {table} TO {role}").format(
                    table=sql.Identifier(table), role=role, rights=sql.SQL(rights)
                )
            )


def only_added(table: str) -> bool:
    """Is this a table whose rows are never changed by the application?"""
    return table in ONLY_ADDED or (table.startswith("records_") and table.endswith("event"))
