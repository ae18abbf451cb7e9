"""What a person agreed to, purpose by purpose, with its proof. Reading order: models, purposes, services, views."""
