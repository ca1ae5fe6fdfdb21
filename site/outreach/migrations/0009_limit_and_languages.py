import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outreach', '0008_moments_written_once'),
        ('people', '0003_wish'),
    ]

    operations = [
        migrations.CreateModel(
            name='StaffProfile',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='staff_profile', serialize=False, to='people.person')),
                ('languages', models.JSONField(blank=True, default=list, help_text='codes, beside the language of the screen')),
            ],
        ),
        migrations.AddField(
            model_name='around',
            name='limit_at',
            field=models.DateTimeField(blank=True, help_text='when the contact person said that it is enough; the parent is asked to choose', null=True),
        ),
    ]
