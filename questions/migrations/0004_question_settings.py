import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The settings of a session's Q&A are called so; the board is the moderators' page."""

    dependencies = [("questions", "0003_texts_folded"), ("congress", "0005_names_folded_and_speaker_identities")]

    operations = [
        migrations.RenameModel("Board", "QuestionSettings"),
        migrations.AlterField(
            model_name="questionsettings",
            name="session",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="question_settings", to="congress.session"
            ),
        ),
    ]
