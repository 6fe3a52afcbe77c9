"""The vocabulary that `etl` and the serving side share; standard library and Polars types only."""
