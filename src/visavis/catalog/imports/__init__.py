"""Importers of the catalogue: ROME, ESCO, communes and the files the project ships."""
