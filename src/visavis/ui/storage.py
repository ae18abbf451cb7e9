"""Static files under names that carry their content's digest, compressed once."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """ES modules import each other under their hashed names."""

    support_js_module_import_aggregation = True
