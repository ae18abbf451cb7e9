"""What is sent and what is answered. Nothing of a person's row is written here directly."""
