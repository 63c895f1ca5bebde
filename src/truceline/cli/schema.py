"""`truceline schema`: print the JSON Schema of the terms language."""

from __future__ import annotations

import json

from truceline.cli.options import Out
from truceline.cli.outputs import must_end
from truceline.cli.say import binary_output

__all__ = ["schema"]


def schema(out: Out = None) -> None:
    """Print the JSON Schema of the terms language.

    Example: truceline schema -o terms.schema.json
    """
    from truceline.api.terms import schema as schema_of

    if out is not None:
        must_end(out, ".json")
    with binary_output(out) as file:
        file.write(json.dumps(schema_of(), ensure_ascii=False, indent=2).encode() + b"\n")
