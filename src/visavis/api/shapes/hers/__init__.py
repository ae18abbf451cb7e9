"""What is sent and answered of what is a person’s own."""
