from importlib import import_module

from django.apps import AppConfig

from tanxin.apps.sealing.columns import Personal


class OrgConfig(AppConfig):
    name = "tanxin.apps.org"
    sealed_columns = (
        Personal("org.Person", "name_sealed", "name"),
        Personal("org.Person", "phone_sealed", "phone", index="phone_index"),
        Personal("org.Person", "id_sealed", "id", index="id_index"),
        Personal("org.Person", "mail_sealed", "mail"),
        Personal("org.Person", "details_sealed", "details"),
        Personal("org.Upload", "sealed", "upload"),
        Personal("org.RoleProposal", "reason_sealed", "role-reason"),
        Personal("org.Conflict", "ground_sealed", "conflict"),
    )

    def import_models(self) -> None:
        """The tables stand in several files."""
        super().import_models()
        import_module("tanxin.apps.org.trust")
        import_module("tanxin.apps.org.conflicts")
