from importlib import import_module

from django.apps import AppConfig

from tanxin.apps.sealing.columns import GrantMac, RecordKey, Text


class ArchiveConfig(AppConfig):
    name = "tanxin.apps.archive"
    sealed_columns = (
        RecordKey("archive.Record"),
        RecordKey("archive.Draft"),
        GrantMac(
            "archive.Party", record="record_id", key="record__wrapped_key", person="person_id"
        ),
        GrantMac(
            "archive.Draft",
            record="pk",
            key="wrapped_key",
            person="author_id",
            fixed_role="author",
        ),
        Text(
            "archive.RecordVersion",
            record="record_id",
            key="record__wrapped_key",
            field="record__kind",
            version="number",
            followed=True,
        ),
        Text(
            "archive.Draft",
            record="pk",
            key="wrapped_key",
            fixed_field="draft",
            version="version",
        ),
    )

    def import_models(self) -> None:
        """The tables stand in five files."""
        super().import_models()
        import_module("tanxin.apps.archive.content")
        import_module("tanxin.apps.archive.likeness")
        import_module("tanxin.apps.archive.resealed")
        import_module("tanxin.apps.archive.undertakings")
