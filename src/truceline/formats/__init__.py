"""Files in and out: one module per kind of file. Whatever cannot be read is listed with its place, never dropped."""
