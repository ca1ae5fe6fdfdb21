from django.db import models

from people.models import Person
from vault.ids import OpaqueIdField


class Place(models.Model):
    """One professional's place around a family. Numbered up to the ceiling, so that the database refuses a crowd.

    A family is a household, or a person who is in none: known by the id of either.
    """

    id = models.BigAutoField(primary_key=True)
    family_id = models.CharField(max_length=22)
    staff = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="places")
    number = models.PositiveSmallIntegerField()
    ceiling = models.PositiveSmallIntegerField(help_text="the ceiling of the family when the place was given")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family_id", "staff"], name="outreach_one_place_a_professional"),
            models.UniqueConstraint(fields=["family_id", "number"], name="outreach_a_place_holds_one"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1) & models.Q(number__lte=models.F("ceiling")),
                name="outreach_no_place_above_the_ceiling",
            ),
        ]


class Around(models.Model):
    """A professional around a person, from one moment to another. At most one is the contact person.

    Until the person said yes (`agreed_at`) nothing is open to the professional, but the place is kept. One exception:
    whom nobody of the team knows any more gets somebody, who asks her as soon as her wish allows it (`unasked_since`).
    """

    id = OpaqueIdField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="around")
    staff = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="stands_around")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="around")
    is_contact_person = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    asked_by_id = models.CharField(max_length=22, help_text="who proposed it; the parent herself when she chose")
    agreed_at = models.DateTimeField(null=True, blank=True)
    unasked_since = models.DateTimeField(
        null=True, blank=True, help_text="when it was handed over because a colleague stopped; empty once she said yes"
    )
    limit_at = models.DateTimeField(
        null=True, blank=True, help_text="when the contact person said that it is enough; the parent is asked to choose"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_id = models.CharField(max_length=22, blank=True)

    class Meta:
        verbose_name_plural = "around"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "staff"],
                condition=models.Q(ended_at__isnull=True),
                name="outreach_around_someone_once",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(ended_at__isnull=True, is_contact_person=True),
                name="outreach_one_contact_person",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by_id="", place__isnull=False)
                | (models.Q(ended_at__isnull=False, place__isnull=True) & ~models.Q(ended_by_id="")),
                name="outreach_around_ended_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(unasked_since__isnull=True) | models.Q(agreed_at__isnull=False),
                name="outreach_unasked_stands_there",
            ),
        ]
        indexes = [models.Index(fields=["staff", "ended_at"], name="outreach_around_of_staff")]
