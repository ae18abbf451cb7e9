from django.db import migrations


def give_accounts(apps, schema_editor):
    """Employers who answered here before there were accounts have one that is open."""
    account, employer = apps.get_model("employers", "Account"), apps.get_model("vacancies", "Employer")
    membership = apps.get_model("people", "Membership")
    for one in employer.objects.filter(organisation__isnull=False, accounts__isnull=True):
        first = membership.objects.filter(organisation=one.organisation_id, role="employer").order_by("pk").first()
        account.objects.create(
            kind="company" if one.siret else "setting-up",
            name=one.name[:160],
            siret=one.siret,
            origin="agency",
            state="open",
            contact_id=first.user_id if first else None,
            employer=one,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('employers', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(give_accounts, migrations.RunPython.noop),
    ]
