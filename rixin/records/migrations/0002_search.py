from django.db import migrations

from rixin.records import search


def create(apps, editor):
    for statement in search.create(editor.connection.vendor):
        editor.execute(statement)


def drop(apps, editor):
    editor.execute(f"DROP TABLE {search.TABLE}")


class Migration(migrations.Migration):
    """The index of words: each database has its own kind, which no Django model can say."""

    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
