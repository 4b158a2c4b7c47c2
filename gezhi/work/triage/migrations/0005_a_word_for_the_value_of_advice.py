"""The model has its word of the glossary; the table and its triggers stay as they are."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("triage", "0004_what_was_learnt_is_counted_apart")]

    operations = [
        migrations.AlterModelTable(name="worth", table="triage_worth"),
        migrations.RenameModel(old_name="Worth", new_name="AdviceValue"),
    ]
