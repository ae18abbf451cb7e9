"""A helper acts for a person within a mandate. To read in order: errands, table, models, services, passage, shown."""
