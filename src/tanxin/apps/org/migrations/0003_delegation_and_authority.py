"""Who may talk for whom, who manages whom, and contacts of an organisation's own kinds."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0002_role_proposal"),
        ("realms", "0002_second_factor"),
    ]

    operations = [
        migrations.CreateModel(
            name="Authority",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("start", models.DateField(blank=True, null=True)),
                ("end", models.DateField(blank=True, null=True)),
                ("source", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField()),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                ("rank", models.CharField(blank=True, max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("start", models.DateField(blank=True, null=True)),
                ("end", models.DateField(blank=True, null=True)),
                ("source", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField()),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                ("rule", models.CharField(blank=True, max_length=80)),
                ("approved_on", models.DateField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="contact",
            name="contact_kind_is_known",
        ),
        migrations.AlterField(
            model_name="contact",
            name="kind",
            field=models.CharField(max_length=20),
        ),
        migrations.AddField(
            model_name="authority",
            name="over",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="org.unit",
            ),
        ),
        migrations.AddField(
            model_name="authority",
            name="realm",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="realms.realm",
            ),
        ),
        migrations.AddField(
            model_name="authority",
            name="unit",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="authorities",
                to="org.unit",
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="approved_by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="org.person",
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="delegate",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="org.person",
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delegations",
                to="org.person",
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="realm",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="realms.realm",
            ),
        ),
        migrations.AddIndex(
            model_name="authority",
            index=models.Index(fields=["realm", "unit", "start"], name="authority_by_unit"),
        ),
        migrations.AddConstraint(
            model_name="authority",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("start", None), ("end", None), ("end__gt", models.F("start")), _connector="OR"
                ),
                name="authority_ends_after_start",
            ),
        ),
        migrations.AddIndex(
            model_name="delegation",
            index=models.Index(fields=["realm", "person", "start"], name="delegation_by_person"),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("start", None), ("end", None), ("end__gt", models.F("start")), _connector="OR"
                ),
                name="delegation_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(("delegate", models.F("person")), _negated=True),
                name="delegation_is_to_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(("approved_by", models.F("delegate")), _negated=True),
                name="delegation_is_approved_by_another",
            ),
        ),
    ]
