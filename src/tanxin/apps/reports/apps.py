from django.apps import AppConfig

from tanxin.apps.sealing.columns import Personal


class ReportsConfig(AppConfig):
    name = "tanxin.apps.reports"
    sealed_columns = (
        Personal("reports.Export", "reason_sealed", "export-asked"),
        Personal("reports.Export", "answer_sealed", "export-answer"),
        Personal("reports.Report", "said_sealed", "report-said"),
    )
