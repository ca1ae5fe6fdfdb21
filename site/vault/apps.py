from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.urls import register_converter


class VaultConfig(AppConfig):
    name = "vault"

    def ready(self):
        from .ids import OpaqueIdConverter
        from .purpose import make_master_secret

        post_migrate.connect(make_master_secret, sender=self, dispatch_uid="vault.master_secret")
        register_converter(OpaqueIdConverter, "id")
