"""Every grant carries the keeper's word for it, and may end.

Rows from before have none, so they open nothing: no realm but the demo's had any.
"""

from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [("archive", "0002_content")]

    operations = [
        migrations.AddField(
            "party", "may_pass_on", models.BooleanField(default=False), preserve_default=True
        ),
        migrations.AddField(
            "party",
            "start",
            models.DateTimeField(default=timezone.now),
            preserve_default=False,
        ),
        migrations.AddField("party", "end", models.DateTimeField(null=True)),
        migrations.AddField(
            "party",
            "mac",
            models.BinaryField(default=b"", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            "draft",
            "start",
            models.DateTimeField(default=timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            "draft",
            "mac",
            models.BinaryField(default=b"", max_length=64),
            preserve_default=False,
        ),
        migrations.RemoveConstraint("party", "party_role_is_known"),
        migrations.AddConstraint(
            "party",
            models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "author",
                            "initiator",
                            "subject",
                            "owner",
                            "verifier",
                            "asker",
                            "asked",
                            "granted",
                            "emergency",
                        ],
                    )
                ),
                name="party_role_is_known",
            ),
        ),
    ]
