"""Editions keep the whole document; versions keep their title and the step that made them.

There was no page to seal a report before, so there are no editions to carry over. Versions have the title of their report.
"""

from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery


def take_titles(apps, editor):
    report, version = (apps.get_model("reports", name) for name in ("Report", "ReportVersion"))
    titles = report.objects.filter(pk=OuterRef("report")).values("title")
    version.objects.update(title=Subquery(titles), step=F("state"))
    version.objects.filter(step="draft").update(step="written")
    version.objects.filter(step="review").update(step="submitted")


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="editionrows", name="edition_rows_once"),
        migrations.RemoveField(model_name="edition", name="figures"),
        migrations.RemoveField(model_name="edition", name="page"),
        migrations.AddField(
            model_name="edition",
            name="document",
            field=models.JSONField(default=dict, help_text="What `reports.freezing` makes of it."),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="edition",
            name="written_by_name",
            field=models.CharField(default="", max_length=60),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="edition",
            name="digest",
            field=models.CharField(help_text="SHA-256 over title, text and document.", max_length=64),
        ),
        migrations.AddField(
            model_name="editionrows",
            name="scope",
            field=models.CharField(blank=True, max_length=300, default=""),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="editionrows",
            constraint=models.UniqueConstraint(
                fields=("edition", "metric", "period", "scope"), name="edition_rows_once"
            ),
        ),
        migrations.AddField(
            model_name="reportversion",
            name="step",
            field=models.CharField(
                choices=[
                    ("begun", "Begun"),
                    ("written", "Saved"),
                    ("restored", "Restored"),
                    ("submitted", "Submitted"),
                    ("sent_back", "Sent back"),
                    ("sealed", "Sealed"),
                ],
                default="written",
                max_length=9,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="reportversion",
            name="title",
            field=models.CharField(default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="report",
            name="title",
            field=models.CharField(help_text="Of the newest version; a line break parts its lines.", max_length=200),
        ),
        migrations.RunPython(take_titles, migrations.RunPython.noop),
    ]
