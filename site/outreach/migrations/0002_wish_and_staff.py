import django.db.models.deletion
import vault.fields
import vault.ids
from django.db import migrations, models



def rename_the_reason(apps, schema_editor):
    """There are more ways than e-mail now, so its reason has a wider name."""
    for model in ("Attempt", "Delivery"):
        rows = apps.get_model("outreach", model).objects.filter(reason="no_email_chosen")
        rows.update(reason="no_way_chosen")


class Migration(migrations.Migration):

    dependencies = [
        ('outreach', '0001_initial'),
        ('people', '0003_wish'),
    ]

    operations = [
        migrations.CreateModel(
            name='Around',
            fields=[
                ('id', vault.ids.OpaqueIdField(default=vault.ids.new_id, editable=False, max_length=22, primary_key=True, serialize=False)),
                ('is_contact_person', models.BooleanField(default=False)),
                ('asked_at', models.DateTimeField()),
                ('asked_by_id', models.CharField(help_text='who proposed it; the parent herself when she chose', max_length=22)),
                ('agreed_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by_id', models.CharField(blank=True, max_length=22)),
            ],
            options={
                'verbose_name_plural': 'around',
            },
        ),
        migrations.CreateModel(
            name='ContactMoment',
            fields=[
                ('id', vault.ids.OpaqueIdField(default=vault.ids.new_id, editable=False, max_length=22, primary_key=True, serialize=False)),
                ('by_id', models.CharField(max_length=22)),
                ('at', models.DateTimeField()),
                ('how', models.CharField(choices=[('call', 'phone call'), ('visit', 'home visit'), ('message', 'message'), ('letter', 'letter'), ('met', 'met somewhere')], max_length=10)),
                ('outcome', models.CharField(choices=[('spoke', 'We spoke'), ('no_answer', 'No answer'), ('did_not_want', 'Did not want contact now'), ('not_safe', 'Someone else was there; I stopped'), ('left', 'Left or sent')], max_length=15)),
                ('note', vault.fields.EncryptedTextField(blank=True, help_text='a short fact, no judgement')),
                ('parent_may_read', models.BooleanField(default=True)),
                ('written_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Leave',
            fields=[
                ('id', vault.ids.OpaqueIdField(default=vault.ids.new_id, editable=False, max_length=22, primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('told_at', models.DateTimeField(blank=True, help_text='when the parents were told in their way', null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Override',
            fields=[
                ('id', vault.ids.OpaqueIdField(default=vault.ids.new_id, editable=False, max_length=22, primary_key=True, serialize=False)),
                ('danger', models.CharField(choices=[('to_self', 'This parent may harm herself or himself now'), ('to_others', 'Someone may be hurt by others now'), ('child', 'A child is in danger now'), ('at_home', 'There is violence at home now')], max_length=10)),
                ('because', vault.fields.EncryptedTextField(help_text='written by who asked; the parent reads it')),
                ('asked_at', models.DateTimeField()),
                ('asked_by_id', models.CharField(max_length=22)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by_id', models.CharField(blank=True, max_length=22)),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('family_id', models.CharField(max_length=22)),
                ('number', models.PositiveSmallIntegerField()),
                ('ceiling', models.PositiveSmallIntegerField(help_text='the ceiling of the family when the place was given')),
            ],
        ),
        migrations.CreateModel(
            name='SafeContact',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='safe_contact', serialize=False, to='people.person')),
                ('phone', vault.fields.EncryptedTextField(blank=True, help_text='E.164')),
                ('may_text', models.BooleanField(default=False, help_text='whether a text message may go to this number')),
                ('address', vault.fields.EncryptedTextField(blank=True, help_text='for a visit or a letter, as the parent writes it')),
                ('hours', vault.fields.EncryptedTextField(blank=True, help_text="when calling goes well, in the parent's own words")),
                ('if_someone_else', models.CharField(choices=[('hang_up', 'Say it is a wrong number, and stop'), ('ask', 'Ask for me, and say nothing about what'), ('say', 'You may say who you are')], default='hang_up', max_length=10)),
                ('may_leave_message', models.BooleanField(default=False)),
                ('code_word', vault.fields.EncryptedTextField(blank=True, help_text='said by the parent: I cannot talk freely')),
                ('say_from', vault.fields.EncryptedTextField(blank=True, help_text='from where staff say they call')),
                ('changed_at', models.DateTimeField()),
                ('changed_by_id', models.CharField(max_length=22)),
            ],
        ),
        migrations.CreateModel(
            name='StandIn',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('named_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', vault.ids.OpaqueIdField(default=vault.ids.new_id, editable=False, max_length=22, primary_key=True, serialize=False)),
                ('channel', models.CharField(choices=[('in_app', 'in the app'), ('email', 'e-mail'), ('push', 'notice on my phone'), ('text', 'text message'), ('call', 'phone call'), ('visit', 'home visit'), ('letter', 'letter')], max_length=10)),
                ('purpose', models.CharField(choices=[('new_in_space', 'Someone wrote something in your group.'), ('decision', 'The team has an answer about something you wrote.'), ('admitted', 'You are welcome in the group.'), ('announcement', 'The team has an announcement for your group.'), ('staff_word', 'Someone from the team wrote to you.'), ('check_in', 'Your contact person would like to hear how you are.'), ('contact_asked', 'You asked us to contact you.'), ('occasion', 'Something happened that may touch you. The team thinks of you.'), ('around_me', 'Something changes in who is around you.'), ('needs_set', 'Someone from the team wrote down how you want contact.'), ('urgent', 'The team had to reach you at once.'), ('team_task', 'Something is waiting for the team.'), ('sign_in_code', 'You asked for a code to sign in.'), ('recovery_code', 'You asked for a code to get back in.'), ('access_changed', 'Something changed in how you sign in.')], max_length=20)),
                ('for_id', models.CharField(blank=True, help_text='who does it; empty: someone of the team', max_length=22)),
                ('due_at', models.DateTimeField(help_text='not before')),
                ('created_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('done_by_id', models.CharField(blank=True, max_length=22)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, choices=[('comes_by_themselves', 'comes_by_themselves'), ('quiet', 'quiet'), ('quiet_until', 'quiet_until'), ('only_what_matters', 'only_what_matters'), ('not_this_often', 'not_this_often'), ('quiet_hours', 'quiet_hours'), ('hard_day', 'hard_day'), ('leave_me_be', 'leave_me_be'), ('only_contact_person', 'only_contact_person'), ('contact_person_away', 'contact_person_away'), ('no_way_chosen', 'no_way_chosen'), ('not_this_way', 'not_this_way'), ('no_address', 'no_address'), ('every_way_failed', 'every_way_failed'), ('override_over', 'override_over'), ('already_read', 'already_read'), ('account_frozen', 'account_frozen'), ('no_longer_of_use', 'no_longer_of_use'), ('one_for_all', 'one_for_all'), ('only_in_app', 'only_in_app'), ('never_in_app', 'never_in_app')], max_length=30)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='delivery',
            name='outreach_one_sending_at_a_time',
        ),
        migrations.AddField(
            model_name='delivery',
            name='failed_channels',
            field=models.JSONField(blank=True, default=list, help_text='ways that failed for good'),
        ),
        migrations.AlterField(
            model_name='attempt',
            name='outcome',
            field=models.CharField(choices=[('sent', 'sent'), ('handed', 'a task for the team'), ('put_off', 'later, by wish'), ('withheld', 'not sent, by wish'), ('dropped', 'no longer needed'), ('other_way', 'did not get through, tried another way'), ('failed_for_now', 'did not get through, tried again later'), ('failed', 'could not be sent')], max_length=15),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='channel',
            field=models.CharField(blank=True, choices=[('in_app', 'in the app'), ('email', 'e-mail'), ('push', 'notice on my phone'), ('text', 'text message'), ('call', 'phone call'), ('visit', 'home visit'), ('letter', 'letter')], help_text='the way planned or taken; empty: no way was open', max_length=10),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='purpose',
            field=models.CharField(choices=[('new_in_space', 'Someone wrote something in your group.'), ('decision', 'The team has an answer about something you wrote.'), ('admitted', 'You are welcome in the group.'), ('announcement', 'The team has an announcement for your group.'), ('staff_word', 'Someone from the team wrote to you.'), ('check_in', 'Your contact person would like to hear how you are.'), ('contact_asked', 'You asked us to contact you.'), ('occasion', 'Something happened that may touch you. The team thinks of you.'), ('around_me', 'Something changes in who is around you.'), ('needs_set', 'Someone from the team wrote down how you want contact.'), ('urgent', 'The team had to reach you at once.'), ('team_task', 'Something is waiting for the team.'), ('sign_in_code', 'You asked for a code to sign in.'), ('recovery_code', 'You asked for a code to get back in.'), ('access_changed', 'Something changed in how you sign in.')], max_length=20),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='reason',
            field=models.CharField(blank=True, choices=[('comes_by_themselves', 'comes_by_themselves'), ('quiet', 'quiet'), ('quiet_until', 'quiet_until'), ('only_what_matters', 'only_what_matters'), ('not_this_often', 'not_this_often'), ('quiet_hours', 'quiet_hours'), ('hard_day', 'hard_day'), ('leave_me_be', 'leave_me_be'), ('only_contact_person', 'only_contact_person'), ('contact_person_away', 'contact_person_away'), ('no_way_chosen', 'no_way_chosen'), ('not_this_way', 'not_this_way'), ('no_address', 'no_address'), ('every_way_failed', 'every_way_failed'), ('override_over', 'override_over'), ('already_read', 'already_read'), ('account_frozen', 'account_frozen'), ('no_longer_of_use', 'no_longer_of_use'), ('one_for_all', 'one_for_all'), ('only_in_app', 'only_in_app'), ('never_in_app', 'never_in_app')], max_length=30),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='state',
            field=models.CharField(choices=[('waiting', 'waiting'), ('leased', 'being sent'), ('sent', 'sent'), ('handed', 'a task for the team'), ('failed', 'could not be sent'), ('withheld', 'not sent, by wish'), ('dropped', 'no longer needed')], default='waiting', max_length=10),
        ),
        migrations.AlterField(
            model_name='notice',
            name='purpose',
            field=models.CharField(choices=[('new_in_space', 'Someone wrote something in your group.'), ('decision', 'The team has an answer about something you wrote.'), ('admitted', 'You are welcome in the group.'), ('announcement', 'The team has an announcement for your group.'), ('staff_word', 'Someone from the team wrote to you.'), ('check_in', 'Your contact person would like to hear how you are.'), ('contact_asked', 'You asked us to contact you.'), ('occasion', 'Something happened that may touch you. The team thinks of you.'), ('around_me', 'Something changes in who is around you.'), ('needs_set', 'Someone from the team wrote down how you want contact.'), ('urgent', 'The team had to reach you at once.'), ('team_task', 'Something is waiting for the team.'), ('sign_in_code', 'You asked for a code to sign in.'), ('recovery_code', 'You asked for a code to get back in.'), ('access_changed', 'Something changed in how you sign in.')], max_length=20),
        ),
        migrations.AddField(
            model_name='around',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='around', to='people.person'),
        ),
        migrations.AddField(
            model_name='around',
            name='staff',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stands_around', to='people.person'),
        ),
        migrations.AddField(
            model_name='contactmoment',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_moments', to='people.person'),
        ),
        migrations.AddField(
            model_name='leave',
            name='staff',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leaves', to='people.person'),
        ),
        migrations.AddField(
            model_name='override',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='overrides', to='people.person'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='override',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='deliveries', to='outreach.override'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'leased'), models.Q(('purpose__in', ['access_changed', 'recovery_code', 'sign_in_code']), _negated=True)), fields=('person',), name='outreach_one_sending_at_a_time'),
        ),
        migrations.AddField(
            model_name='place',
            name='staff',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='people.person'),
        ),
        migrations.AddField(
            model_name='around',
            name='place',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='around', to='outreach.place'),
        ),
        migrations.AddField(
            model_name='standin',
            name='leave',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stand_ins', to='outreach.leave'),
        ),
        migrations.AddField(
            model_name='standin',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stand_ins', to='people.person'),
        ),
        migrations.AddField(
            model_name='standin',
            name='staff',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stands_in', to='people.person'),
        ),
        migrations.AddField(
            model_name='task',
            name='delivery',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='task', to='outreach.delivery'),
        ),
        migrations.AddField(
            model_name='task',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='people.person'),
        ),
        migrations.AddField(
            model_name='contactmoment',
            name='task',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='moment', to='outreach.task'),
        ),
        migrations.AddIndex(
            model_name='leave',
            index=models.Index(fields=['staff', 'ends_at'], name='outreach_leaves_of_staff'),
        ),
        migrations.AddConstraint(
            model_name='leave',
            constraint=models.CheckConstraint(condition=models.Q(('starts_at__lt', models.F('ends_at'))), name='outreach_leave_has_length'),
        ),
        migrations.AddConstraint(
            model_name='override',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by_id', ''), ('ends_at__isnull', True)), models.Q(('confirmed_at__isnull', False), ('ends_at__isnull', False), models.Q(('confirmed_by_id', ''), _negated=True)), _connector='OR'), name='outreach_override_confirmed_when_and_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='override',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by_id', models.F('asked_by_id')), _negated=True), name='outreach_override_takes_two'),
        ),
        migrations.AddConstraint(
            model_name='override',
            constraint=models.CheckConstraint(condition=models.Q(('used_at__isnull', True), ('confirmed_at__isnull', False), _connector='OR'), name='outreach_override_used_after_confirming'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.UniqueConstraint(fields=('family_id', 'staff'), name='outreach_one_place_a_professional'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.UniqueConstraint(fields=('family_id', 'number'), name='outreach_a_place_holds_one'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', models.F('ceiling'))), name='outreach_no_place_above_the_ceiling'),
        ),
        migrations.AddIndex(
            model_name='around',
            index=models.Index(fields=['staff', 'ended_at'], name='outreach_around_of_staff'),
        ),
        migrations.AddConstraint(
            model_name='around',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('person', 'staff'), name='outreach_around_someone_once'),
        ),
        migrations.AddConstraint(
            model_name='around',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('is_contact_person', True)), fields=('person',), name='outreach_one_contact_person'),
        ),
        migrations.AddConstraint(
            model_name='around',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by_id', ''), ('place__isnull', False)), models.Q(('ended_at__isnull', False), ('place__isnull', True), models.Q(('ended_by_id', ''), _negated=True)), _connector='OR'), name='outreach_around_ended_when_and_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='standin',
            constraint=models.UniqueConstraint(fields=('person', 'leave'), name='outreach_one_stand_in'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('done_at__isnull', True), ('withdrawn_at__isnull', True)), fields=['for_id', 'due_at'], name='outreach_open_tasks'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(('done_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='outreach_task_ends_once'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('done_by_id', '')), models.Q(('done_at__isnull', False), models.Q(('done_by_id', ''), _negated=True)), _connector='OR'), name='outreach_task_done_when_and_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('withdrawn_at__isnull', True)), models.Q(('withdrawn_at__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='outreach_task_withdrawn_and_why'),
        ),
        migrations.AddIndex(
            model_name='contactmoment',
            index=models.Index(fields=['person', '-at'], name='outreach_moments_of_person'),
        ),
        migrations.RunPython(rename_the_reason, migrations.RunPython.noop),
    ]
