"""The one group that Wagtail's own permissions hang on. It follows the granted role of editor: `people` keeps its
members in step when a role changes, here it is made, and whoever was granted the role before it was there is taken in.

Refuses nothing by itself: `resources:cms:enter` stands before every page of the CMS. The group only tells Wagtail what
may be done behind that door: the trees, services, numbers, images and documents; no person, no group, no site.
"""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from people.actor import Actor
from people.models import Account
from people.queries import staff_with
from people.vocabulary import Role
from resources.models import HomePage
from resources.policies import enter_cms

NAME = "Editors"
ON_PAGES = ("add_page", "change_page", "publish_page")
ON_FILES = {
    "wagtailimages": ("add_image", "change_image", "choose_image"),
    "wagtaildocs": ("add_document", "change_document", "choose_document"),
}
BEYOND = (
    Q(content_type__app_label="wagtailadmin", codename="access_admin")
    | Q(content_type__app_label="wagtail_localize", codename="submit_translation")
    | Q(
        content_type__app_label="resources",
        codename__in=[
            "add_helpservice",
            "change_helpservice",
            "delete_helpservice",
            "publish_helpservice",
            "change_numbercheck",
        ],
    )
)


@transaction.atomic
def ensure_editor_group() -> Group:
    """The group with exactly its permissions, and exactly the editors in it. Repeating it changes nothing."""
    group, _ = Group.objects.get_or_create(name=NAME)
    group.permissions.set(Permission.objects.filter(BEYOND))
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=ON_PAGES):
        for home in HomePage.objects.filter(depth=2):
            GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
    root = Collection.get_first_root_node()
    for app, codenames in ON_FILES.items():
        for permission in Permission.objects.filter(content_type__app_label=app, codename__in=codenames):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
    people = staff_with(Role.EDITOR).values_list("pk", flat=True)
    group.user_set.set(Account.objects.filter(person_id__in=list(people)))
    return group


def let_in(*, by: Actor) -> None:
    """An editor comes in: the group knows the account. No change, no write."""
    enter_cms.require(by)
    group = Group.objects.filter(name=NAME).first()
    if group is None:
        ensure_editor_group()
    elif not group.user_set.filter(pk=by.account_id).exists():
        group.user_set.add(by.account_id)
