"""Hold repeated columns to the rows they repeat: a transmittal's to its contract, a mandate's to its IEP.

The model layer cannot write composite foreign keys.
"""

from django.db import migrations


def hold(table: str, name: str, columns: str, target: str, key: str) -> migrations.RunSQL:
    """Return the operation that adds one composite foreign key."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({columns})"
        f" REFERENCES {target} ({key}) DEFERRABLE INITIALLY IMMEDIATE",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    """Transmittals need a contract for what they carry (R8); RSA letters an RSA provider; mandates their student."""

    dependencies = [("caseloads", "0001_initial"), ("providers", "0002_affiliation_held")]
    operations = [
        hold(
            "caseloads_transmittal",
            "transmittal_under_contract",
            "contract_id, agency_id, service, language",
            "providers_contract",
            "id, agency_id, service, language",
        ),
        hold(
            "caseloads_rsaletter",
            "rsa_letter_affiliation_held",
            "provider_id, affiliation",
            "providers_provider",
            "id, affiliation",
        ),
        hold(
            "caseloads_mandate", "mandate_of_the_ieps_student", "iep_id, student_id", "caseloads_iep", "id, student_id"
        ),
    ]
