"""The pip-installed PostgreSQL and Valkey, and the supervision of `make run`."""
