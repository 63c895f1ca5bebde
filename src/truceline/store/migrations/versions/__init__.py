"""One module a step, applied in order by `store.database.migrate`."""
