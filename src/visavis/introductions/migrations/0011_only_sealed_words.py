from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("introductions", "0010_seal_words")]

    operations = [
        migrations.AddConstraint(
            model_name='introduction',
            constraint=models.CheckConstraint(condition=models.Q(('meeting_address__sealed', True), ('meeting_contact__sealed', True), ('meeting_phone__sealed', True), ('meeting_wish__sealed', True), ('note__sealed', True)), name='words_of_an_introduction_are_sealed'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(('before__sealed', True)), name='what_was_before_is_sealed'),
        ),
    ]
