"""Judge: the plan against located reports; it sees ids and never a name."""
