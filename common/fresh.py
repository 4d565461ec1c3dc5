"""Migrations that make all tables of an app at once."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import IndexOperation, ModelOperation
from django.db.migrations.state import ModelState, ProjectState

OF_TABLES = (FieldOperation, IndexOperation, ModelOperation)


class Fresh(migrations.Migration):
    """An app's first migration: each table is made once, as it is after all operations, then the rest is run."""

    def apply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> ProjectState:
        """Make the tables and what stands beside them. Gives back the state with them."""
        if collect_sql:
            return super().apply(project_state, schema_editor, collect_sql)
        for added in self._add_models(project_state):
            model = project_state.apps.get_model(added.app_label, added.name)
            if model._meta.can_migrate(schema_editor.connection):
                schema_editor.create_model(model)
        for operation in self.operations:
            if not isinstance(operation, OF_TABLES):
                operation.database_forwards(self.app_label, schema_editor, project_state, project_state)
        return project_state

    def _add_models(self, state: ProjectState) -> list[ModelState]:
        """Add the app's models to the state. Gives them back.

        After each operation Django renders all models anew that are connected with its model: here these are nearly
        all, and it was nine tenths of the time that a new database took. So the operations change a state that is not
        rendered, and only what is new is rendered then.
        """
        apps, known = state.apps, set(state.models)
        del state.apps
        self.mutate_state(state, preserve=False)
        added = [model for key, model in state.models.items() if key not in known]
        apps.render_multiple(added)
        state.apps = apps
        return added
