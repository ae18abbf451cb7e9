"""What is asked of a person: experience, education, licences, languages."""
