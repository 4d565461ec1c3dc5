from common.fresh import Fresh
from django.db import migrations, models

SQLITE = [
    """
    CREATE VIRTUAL TABLE search_index USING fts5(
        title_tokens, key_tokens, text_tokens, concepts,
        content='search_found', content_rowid='id', tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* C*'",
        prefix='2 3'
    )
    """,
    """
    CREATE TRIGGER search_found_added AFTER INSERT ON search_found BEGIN
        INSERT INTO search_index (rowid, title_tokens, key_tokens, text_tokens, concepts)
        VALUES (new.id, new.title_tokens, new.key_tokens, new.text_tokens, new.concepts);
    END
    """,
    """
    CREATE TRIGGER search_found_removed AFTER DELETE ON search_found BEGIN
        INSERT INTO search_index (search_index, rowid, title_tokens, key_tokens, text_tokens, concepts)
        VALUES ('delete', old.id, old.title_tokens, old.key_tokens, old.text_tokens, old.concepts);
    END
    """,
    """
    CREATE TRIGGER search_found_changed AFTER UPDATE ON search_found BEGIN
        INSERT INTO search_index (search_index, rowid, title_tokens, key_tokens, text_tokens, concepts)
        VALUES ('delete', old.id, old.title_tokens, old.key_tokens, old.text_tokens, old.concepts);
        INSERT INTO search_index (rowid, title_tokens, key_tokens, text_tokens, concepts)
        VALUES (new.id, new.title_tokens, new.key_tokens, new.text_tokens, new.concepts);
    END
    """,
]
# The tokens are taken as they are: no dictionary of the server cuts them, and none has to be installed.
# `ranked` is what hits are put in order by: short, so that it stands in the row and thousands of them are read at once.
POSTGRESQL = [
    r"""
    CREATE FUNCTION search_vector(tokens text, weight "char") RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT setweight(coalesce(string_agg('''' || token || ''':' || least(place, 16383), ' '), '')::tsvector, weight)
        FROM unnest(string_to_array(tokens, ' ')) WITH ORDINALITY AS listed (token, place) WHERE token <> ''
    $$
    """,
    """
    ALTER TABLE search_found
        ADD COLUMN words tsvector GENERATED ALWAYS AS (
            search_vector(title_tokens, 'A') || search_vector(key_tokens, 'B')
            || search_vector(text_tokens, 'C') || search_vector(concepts, 'D')
        ) STORED,
        ADD COLUMN title_words tsvector GENERATED ALWAYS AS (search_vector(title_tokens, 'A')) STORED,
        ADD COLUMN ranked tsvector GENERATED ALWAYS AS (
            search_vector(title_tokens, 'A') || search_vector(left(key_tokens, 200), 'B')
            || search_vector(left(text_tokens, 400), 'C') || search_vector(concepts, 'D')
        ) STORED
    """,
    "CREATE INDEX search_found_words ON search_found USING gin (words)",
]


def index(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def no_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_index")
        for name in ("added", "removed", "changed"):
            schema_editor.execute(f"DROP TRIGGER search_found_{name}")
    else:
        schema_editor.execute("ALTER TABLE search_found DROP COLUMN words, DROP COLUMN title_words, DROP COLUMN ranked")
        schema_editor.execute('DROP FUNCTION search_vector(text, "char")')


class Migration(Fresh):

    replaces = [('search', '0001_initial'), ('search', '0002_clock'), ('search', '0003_passages')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Found',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=16)),
                ('thing', models.PositiveBigIntegerField()),
                ('scope', models.CharField(blank=True, max_length=64)),
                ('themes', models.CharField(blank=True, max_length=400)),
                ('day', models.DateField(null=True)),
                ('language', models.CharField(default='en', max_length=2)),
                ('title', models.CharField(max_length=300)),
                ('title_key', models.CharField(help_text='its folded words, to compare', max_length=400)),
                ('place', models.CharField(blank=True, max_length=400)),
                ('url', models.CharField(max_length=200)),
                ('text', models.TextField(blank=True)),
                ('title_tokens', models.TextField(blank=True)),
                ('key_tokens', models.TextField(blank=True)),
                ('text_tokens', models.TextField(blank=True)),
                ('concepts', models.TextField(blank=True)),
                ('clock', models.TimeField(help_text='of its city, from which it takes place', null=True)),
                ('owner', models.PositiveBigIntegerField(help_text='what a passage is of', null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'thing'), name='one_row_per_thing')],
            },
        ),
        migrations.RunPython(index, no_index),
    ]
