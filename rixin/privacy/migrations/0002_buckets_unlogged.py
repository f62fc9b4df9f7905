from django.db import migrations


def keep_out_of_the_log(apps, schema_editor):
    """Counters of the last hour need not survive a power cut; outside the write-ahead log no report waits for them."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE privacy_bucket SET UNLOGGED")


def put_back(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE privacy_bucket SET LOGGED")


class Migration(migrations.Migration):

    dependencies = [
        ("privacy", "0001_openings_retention_limits"),
    ]

    operations = [migrations.RunPython(keep_out_of_the_log, put_back)]
