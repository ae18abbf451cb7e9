"""The site's settings without what stands in for a store that is gone."""

from visavis.config.settings import *

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}  # noqa: F405
}
