"""The audit log is not emptied in one go either (SQLite has no TRUNCATE)."""

from django.db import migrations

REFUSE = """
CREATE TRIGGER people_audit_no_truncate BEFORE TRUNCATE ON people_auditentry
FOR EACH STATEMENT EXECUTE FUNCTION people_audit_on_record();
"""


def refuse(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REFUSE)


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER people_audit_no_truncate ON people_auditentry")


class Migration(migrations.Migration):
    dependencies = [("people", "0005_join_link_shown_for")]
    operations = [migrations.RunPython(refuse, allow)]
