from importlib import import_module

from django.apps import AppConfig

from tanxin.apps.sealing.columns import Personal


class DutiesConfig(AppConfig):
    name = "tanxin.apps.duties"
    sealed_columns = (
        Personal("duties.Waiver", "reason_sealed", "waiver-reason"),
        Personal("duties.WaiverRequest", "reason_sealed", "waiver-asked"),
        Personal("duties.WaiverRequest", "answer_sealed", "waiver-answer"),
        Personal("duties.DelegationRequest", "reason_sealed", "delegation-asked"),
        Personal("duties.DelegationRequest", "answer_sealed", "delegation-answer"),
        Personal("duties.PackDraft", "reason_sealed", "draft-reason"),
    )

    def import_models(self) -> None:
        """The tables stand in three files."""
        super().import_models()
        import_module("tanxin.apps.duties.drafted")
        import_module("tanxin.apps.duties.tallied")
