"""A market worked out shard by shard, over processes or a Dask cluster: `pool`, `kept`, `markets`."""
