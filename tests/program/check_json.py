"""Checks reports with the JSON Schema of the repository: check_json.py SCHEMA REPORT...

A report may have no key that the schema does not name, so that none is added in silence; readers may be less strict.
"""

import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator


def closed(schema):
    """The schema with every object closed that does not say that it is open."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    strict = {key: closed(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        strict.setdefault("additionalProperties", False)
    return strict


def main():
    schema = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(closed(schema))
    faults = 0
    for name in sys.argv[2:]:
        for error in validator.iter_errors(json.loads(Path(name).read_text(encoding="utf-8"))):
            print(f"{name}: {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")
            faults += 1
    print(f"{len(sys.argv) - 2} report(s), {faults} fault(s)")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
