"""A new database is made by squashed migrations: what they make, and that it is what the single steps make."""

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.utils import ConnectionHandler

from common.fresh import Fresh

STEPS = MigrationLoader(None, replace_migrations=False)
SQUASHED = sorted(node for node, migration in STEPS.disk_migrations.items() if migration.replaces)


def models_of(app, node):
    """The models of an app as a migration leaves them, by the migrations that it names."""
    return {key: model for key, model in STEPS.project_state(node).models.items() if key[0] == app}


@pytest.mark.parametrize("node", SQUASHED, ids=[app for app, _ in SQUASHED])
def test_a_squash_ends_where_its_steps_end(node):
    app, _ = node
    replaces = STEPS.disk_migrations[node].replaces
    assert models_of(app, node) == models_of(app, replaces[-1])
    steps = sorted(name for label, name in STEPS.disk_migrations if label == app)
    assert [name for _, name in replaces] == [name for name in steps if "_squashed_" not in name][: len(replaces)]


def linked(to):
    return models.ForeignKey(to, models.CASCADE, null=True)


def mark(apps, editor):
    table = apps.get_model("halls", "Seat")._meta.db_table
    editor.execute(f"INSERT INTO {table} (row, number) VALUES ('after all steps', 1)")
    editor.execute(f"CREATE VIEW halls_view AS SELECT * FROM {table}")


ID = ("id", models.BigAutoField(primary_key=True))
OPERATIONS = [  # what a squash may hold: a circle, what changes later, what Python makes
    migrations.CreateModel("Hall", [ID, ("name", models.TextField()), ("job", linked("scheduler.Job"))]),
    migrations.CreateModel("Chair", [ID, ("hall", linked("halls.Hall")), ("row", models.TextField())]),
    migrations.RenameModel("Chair", "Seat"),
    migrations.AddField("hall", "best", linked("halls.Seat")),
    migrations.AddField("seat", "number", models.IntegerField(default=0)),
    migrations.AddField("seat", "next_to", models.ManyToManyField("halls.Seat")),
    migrations.AlterField("hall", "name", models.CharField(max_length=9, unique=True)),
    migrations.AddField("hall", "gone", models.TextField(default="")),
    migrations.RemoveField("hall", "gone"),
    migrations.AddConstraint("seat", models.UniqueConstraint(fields=["row", "number"], name="once")),
    migrations.AddIndex("seat", models.Index(fields=["number"], name="by_number")),
    migrations.RunPython(mark),
]


def made(base):
    """What a migration of that kind makes: the models, the database, and whether others' models stayed as they were."""
    connection = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})["default"]
    state = ProjectState(models_of("scheduler", ("scheduler", "0001_initial")))
    job = state.apps.get_model("scheduler", "Job")
    with connection.schema_editor() as editor:
        state = type("Migration", (base,), {"operations": OPERATIONS})("0001_initial", "halls").apply(state, editor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row, number FROM halls_view")
        database = {"rows": cursor.fetchall()}
        for table in connection.introspection.table_names(cursor, include_views=True):
            columns = connection.introspection.get_table_description(cursor, table)
            database[table] = columns, connection.introspection.get_constraints(cursor, table)
    return state.models, database, state.apps.get_model("scheduler", "Job") is job


@pytest.mark.django_db
def test_tables_made_at_once_are_those_that_single_steps_make():
    known, database, _ = made(migrations.Migration)
    assert made(Fresh)[:2] == (known, database)
    assert database["rows"] == [("after all steps", 1)] and len(database["halls_seat"][0]) == 4


@pytest.mark.django_db
def test_models_of_other_apps_are_not_rendered_again():
    assert made(Fresh)[2] and not made(migrations.Migration)[2]
