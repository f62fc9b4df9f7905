from django.db import migrations

CREATE = {
    "postgresql": [
        "CREATE TABLE cases_search (case_id bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX cases_search_words ON cases_search USING gin (words)",
    ],
    "sqlite": ["CREATE VIRTUAL TABLE cases_search USING fts5(words)"],
}


def create(apps, editor):
    for statement in CREATE[editor.connection.vendor]:
        editor.execute(statement)


def drop(apps, editor):
    editor.execute("DROP TABLE cases_search")


class Migration(migrations.Migration):
    """The index of words: each database has its own kind, which no Django model can say."""

    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
