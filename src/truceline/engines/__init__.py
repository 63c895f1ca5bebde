"""Run the plan batch by batch: the same tables, whatever the machine."""
