"""What is sent and answered where a person and the agency talk."""
