import vault.fields
from django.db import migrations, models



def carry_over(apps, schema_editor):
    """The one way and the one span of hours that could be chosen before become lists."""
    for needs in apps.get_model("people", "ContactNeeds").objects.all():
        needs.channels = ["email"] if needs.by_email else []
        if needs.quiet_from is not None:
            span = {"from": f"{needs.quiet_from:%H:%M}", "to": f"{needs.quiet_to:%H:%M}"}
            needs.quiet_hours = [{"weekday": None, **span}]
        needs.save(update_fields=["channels", "quiet_hours"])


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_erasure'),
    ]

    operations = [
        migrations.AddField(
            model_name='contactneeds',
            name='around_events',
            field=models.CharField(blank=True, choices=[('reach_out', 'Do reach out'), ('leave_me_be', 'Leave me be'), ('only_contact_person', 'Only my contact person')], help_text='empty: as the rhythm has it', max_length=20),
        ),
        migrations.AddField(
            model_name='contactneeds',
            name='channels',
            field=models.JSONField(blank=True, default=list, help_text="ways that may ring, in the parent's order"),
        ),
        migrations.AddField(
            model_name='contactneeds',
            name='channels_by_kind',
            field=models.JSONField(blank=True, default=dict, help_text='kinds of messages with an order of their own'),
        ),
        migrations.AddField(
            model_name='contactneeds',
            name='hard_days',
            field=vault.fields.EncryptedTextField(blank=True, help_text="days that are hard, with the parent's own words"),
        ),
        migrations.AddField(
            model_name='contactneeds',
            name='quiet_hours',
            field=models.JSONField(blank=True, default=list, help_text="wall clock in the person's own zone"),
        ),
        migrations.AddField(
            model_name='contactneeds',
            name='who_may',
            field=models.CharField(choices=[('team', 'Anyone from the team of my group'), ('contact_person', 'Only my contact person')], default='team', max_length=15),
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='contactneeds',
            name='people_quiet_hours_have_two_ends',
        ),
        migrations.RemoveField(
            model_name='contactneeds',
            name='by_email',
        ),
        migrations.RemoveField(
            model_name='contactneeds',
            name='quiet_from',
        ),
        migrations.RemoveField(
            model_name='contactneeds',
            name='quiet_to',
        ),
    ]
