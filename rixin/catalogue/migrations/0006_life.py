from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0005_registers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='definitionversion',
            name='kind',
            field=models.CharField(choices=[('matter', 'Matter type'), ('lifecycle', 'Lifecycle'), ('working_time', 'Working time'), ('measure', 'Unit of measure'), ('record', 'Record type'), ('metric', 'Metric'), ('goal', 'Goal'), ('report', 'Report'), ('form', 'Form'), ('document', 'Document'), ('list', 'List'), ('register', 'Register'), ('industry', 'Industry'), ('trait', 'Trait of enterprises'), ('warning', 'Warning'), ('pipeline', 'Pipeline'), ('policy', 'Policy'), ('facil_group', 'Group of facilities'), ('facility', 'Kind of facility'), ('layout', 'Layout of facilities'), ('circle', 'Circle of life'), ('roll', 'Service roll'), ('activity', 'Kind of event'), ('programme', 'Kind of project'), ('head_count', 'Head counts of homes')], default='matter', max_length=12),
        ),
    ]
