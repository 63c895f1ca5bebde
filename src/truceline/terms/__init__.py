"""The terms: the language of agreements, its documents, and how a file becomes one."""
