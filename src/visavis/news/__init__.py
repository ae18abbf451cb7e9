"""What people are told, by the channel each chose. Reading order: models, services, wording, views."""
