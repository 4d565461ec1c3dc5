"""The audit log is append-only in the database too."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION people_audit_on_record() RETURNS trigger AS
$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$ LANGUAGE plpgsql;
CREATE TRIGGER people_audit_on_record BEFORE UPDATE OR DELETE ON people_auditentry
FOR EACH ROW EXECUTE FUNCTION people_audit_on_record();
"""
ALLOW = """
DROP TRIGGER people_audit_on_record ON people_auditentry;
DROP FUNCTION people_audit_on_record();
"""


def refuse(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REFUSE)
        return
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER people_audit_no_{verb.lower()} BEFORE {verb} ON people_auditentry "
            "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
        )


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ALLOW)
        return
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER people_audit_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("people", "0002_people")]
    operations = [migrations.RunPython(refuse, allow)]
