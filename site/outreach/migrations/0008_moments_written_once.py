from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outreach', '0007_staff_word'),
    ]

    operations = [
        migrations.AddField(
            model_name='contactmoment',
            name='client_key',
            field=models.CharField(blank=True, help_text='of the form: sent twice, it is written once', max_length=64),
        ),
        migrations.AddConstraint(
            model_name='contactmoment',
            constraint=models.UniqueConstraint(condition=models.Q(('client_key', ''), _negated=True), fields=('by_id', 'client_key'), name='outreach_moment_written_once'),
        ),
    ]
