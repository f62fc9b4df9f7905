from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registers', '0001_initial'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='enterprise',
            name='enterprise_by_name',
        ),
        migrations.RemoveIndex(
            model_name='enterprise',
            name='enterprise_by_standing',
        ),
        migrations.RemoveIndex(
            model_name='enterprise',
            name='enterprise_by_industry',
        ),
        migrations.RemoveIndex(
            model_name='enterprise',
            name='enterprise_by_since',
        ),
        migrations.RemoveIndex(
            model_name='enterprise',
            name='enterprise_by_area',
        ),
        migrations.AddIndex(
            model_name='enterprise',
            index=models.Index(condition=models.Q(('withdrawn', False)), fields=['plain_name', 'id', 'standing', 'area_path'], name='enterprise_by_name'),
        ),
        migrations.AddIndex(
            model_name='enterprise',
            index=models.Index(condition=models.Q(('withdrawn', False)), fields=['-since', '-id', 'standing', 'area_path', 'plain_name'], name='enterprise_by_since'),
        ),
        migrations.AddIndex(
            model_name='enterprise',
            index=models.Index(condition=models.Q(('withdrawn', False)), fields=['standing', 'plain_name', 'id', 'area_path'], name='enterprise_by_standing'),
        ),
        migrations.AddIndex(
            model_name='enterprise',
            index=models.Index(condition=models.Q(('withdrawn', False)), fields=['standing', '-since', '-id', 'area_path'], name='enterprise_standing_since'),
        ),
        migrations.AddIndex(
            model_name='enterprise',
            index=models.Index(condition=models.Q(('withdrawn', False)), fields=['section', 'plain_name', 'id'], name='enterprise_by_section'),
        ),
        migrations.AddIndex(
            model_name='enterprise',
            index=models.Index(condition=models.Q(('withdrawn', False)), fields=['division', 'plain_name', 'id'], name='enterprise_by_division'),
        ),
        migrations.AddIndex(
            model_name='standingspan',
            index=models.Index(fields=['enterprise', 'from_day', 'until_day', 'standing'], name='standing_on_a_day'),
        ),
    ]
