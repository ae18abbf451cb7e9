"""CVs read: bytes → lines of text (`files`, alone in a process of its own) → facts (`understand`).

Pure: no database, no Django. Reading order: `document`, `kinds`, `files`, `alone`, `understand`.
"""
