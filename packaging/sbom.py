#!/usr/bin/env python3
"""The bill of materials of a built program, as CycloneDX 1.5: the libraries that it is linked with or that were compiled
into it, with the versions and licences of the Debian packages that they came from.

    packaging/sbom.py build/release/stardose > stardose.cdx.json
"""
import hashlib
import json
import os
import re
import subprocess
import sys
import uuid
from datetime import datetime, timezone

# Headers that are compiled in; the packages are those of ./dev.
COMPILED_IN = ["libcli11-dev", "nlohmann-json3-dev", "libeigen3-dev"]


def output(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def linked_libraries(program):
    """Those that the program itself names, not what they need in turn."""
    needed = re.findall(r"\(NEEDED\).*\[(.+)\]", output("readelf", "-d", program))
    found = dict(re.findall(r"^\s*(\S+) => (\S+) ", output("ldd", program), re.M))
    return [(name, found.get(name)) for name in needed if not name.startswith("ld-linux")]


def package_of(path):
    """Of a library's path; packages of before the merged /usr know it by the other name."""
    real = os.path.realpath(path)
    for candidate in (path, real, real.removeprefix("/usr"), "/usr" + real):
        asked = subprocess.run(["dpkg-query", "-S", candidate], capture_output=True, text=True)
        if asked.returncode == 0:
            return asked.stdout.split(":")[0].strip()
    raise SystemExit(f"no package has {path}")


def licences(package):
    """As the package's machine-readable copyright file says them, for all its files."""
    path = f"/usr/share/doc/{package}/copyright"
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8", errors="replace") as file:
        text = file.read()
    first = re.search(r"^Files:\s*\*\s*\n(?:.*\n)*?License:\s*(.+)$", text, re.M)
    return [{"license": {"name": first.group(1).strip()}}] if first else []


def component(package, how):
    version, architecture, source = output(
        "dpkg-query", "-W", "-f=${Version}\t${Architecture}\t${source:Package}", package
    ).split("\n")[0].split("\t")
    return {
        "type": "library",
        "bom-ref": f"deb/{package}",
        "name": package,
        "version": version,
        "licenses": licences(package),
        "purl": f"pkg:deb/debian/{package}@{version}?arch={architecture}&distro=debian-12",
        "properties": [{"name": "debian:source", "value": source}, {"name": "stardose:use", "value": how}],
    }


def bill(program):
    name, version = output(program, "--version").split("\n")[0].split()
    with open(program, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    uses = {package_of(path): "linked" for library, path in linked_libraries(program) if path}
    uses.update({package: "compiled in" for package in COMPILED_IN})
    components = [component(package, how) for package, how in sorted(uses.items())]
    catalogue = re.search(r"^Catalogue (\S+) of (\S+), SHA-256 (\w+)$", output(program, "--version"), re.M)
    components.append({
        "type": "data",
        "bom-ref": "catalogue",
        "name": "StarDose catalogue",
        "version": catalogue.group(1),
        "hashes": [{"alg": "SHA-256", "content": catalogue.group(3)}],
    })
    made = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), timezone.utc)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": "urn:uuid:" + str(uuid.uuid5(uuid.NAMESPACE_URL, digest)),
        "version": 1,
        "metadata": {
            "timestamp": made.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": "stardose",
                "name": name,
                "version": version,
                "hashes": [{"alg": "SHA-256", "content": digest}],
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            },
        },
        "components": components,
        "dependencies": [{"ref": "stardose", "dependsOn": [entry["bom-ref"] for entry in components]}],
    }


if __name__ == "__main__":
    json.dump(bill(os.path.abspath(sys.argv[1])), sys.stdout, indent=1)
    print()
