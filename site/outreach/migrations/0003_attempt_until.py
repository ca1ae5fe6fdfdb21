from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outreach', '0002_wish_and_staff'),
    ]

    operations = [
        migrations.AddField(
            model_name='attempt',
            name='by_id',
            field=models.CharField(blank=True, help_text='for a task: who does it; empty: the team', max_length=22),
        ),
        migrations.AddField(
            model_name='attempt',
            name='channel',
            field=models.CharField(blank=True, choices=[('in_app', 'in the app'), ('email', 'e-mail'), ('push', 'notice on my phone'), ('text', 'text message'), ('call', 'phone call'), ('visit', 'home visit'), ('letter', 'letter')], max_length=10),
        ),
        migrations.AddField(
            model_name='attempt',
            name='until',
            field=models.DateTimeField(blank=True, help_text='when it is asked again; empty: not put off', null=True),
        ),
        migrations.AlterField(
            model_name='override',
            name='danger',
            field=models.CharField(choices=[('to_self', 'This parent may do something to themselves now'), ('to_others', 'Someone may be hurt by others now'), ('child', 'A child is in danger now'), ('at_home', 'There is violence at home now')], max_length=10),
        ),
    ]
