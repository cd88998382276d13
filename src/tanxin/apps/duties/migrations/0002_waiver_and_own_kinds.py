"""Waivers with their reason and approver; kinds that packs bring beside the four."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0001_initial"),
        ("org", "0004_person_comes_to_a_unit"),
        ("realms", "0002_second_factor"),
    ]

    operations = [
        migrations.CreateModel(
            name="Waiver",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reason_sealed", models.BinaryField()),
                ("approved_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="duty",
            name="duty_kind_is_known",
        ),
        migrations.AlterField(
            model_name="duty",
            name="kind",
            field=models.CharField(max_length=20),
        ),
        migrations.AlterField(
            model_name="rulerow",
            name="kind",
            field=models.CharField(max_length=20),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", ""), _negated=True), name="duty_has_a_kind"
            ),
        ),
        migrations.AddField(
            model_name="waiver",
            name="approved_by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="org.person",
            ),
        ),
        migrations.AddField(
            model_name="waiver",
            name="duty",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="waivers",
                to="duties.duty",
            ),
        ),
        migrations.AddField(
            model_name="waiver",
            name="realm",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="realms.realm",
            ),
        ),
        migrations.AddField(
            model_name="waiver",
            name="recorded_by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="org.person",
            ),
        ),
        migrations.AddConstraint(
            model_name="waiver",
            constraint=models.UniqueConstraint(
                fields=("realm", "duty"), name="duty_is_waived_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="waiver",
            constraint=models.CheckConstraint(
                condition=models.Q(("approved_by", models.F("recorded_by")), _negated=True),
                name="waiver_is_approved_by_another",
            ),
        ),
    ]
