"""Reports: what is said to have happened, where, when and by whom, and how exactly each of these is known."""
