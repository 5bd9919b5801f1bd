"""The fingerprint that stands for a guideline text in the coding tables, and our ids of guidelines.

The tables hold no sentence of a guideline: a text is named by the start of its SHA-256, so that a new or changed
text is noticed and read by a person before it is used. See README-guidance.md.
"""

import hashlib

LENGTH = 12


def normal(text: str) -> str:
    """The text with every run of white space as one blank, and none at its ends."""
    return " ".join(text.split())


def fingerprint(html: str, implications: list[str]) -> str:
    """First 12 hex digits of SHA-256 over the text and its implications (sorted: their order means nothing)."""
    parts = [normal(html), *sorted(normal(line) for line in implications)]
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()[:LENGTH]


def guideline_id(guideline: dict) -> str:
    """`cpic-clopidogrel-CYP2C19`: source, first drug of the annotation by name, all its genes by name."""
    drugs = sorted(chemical["name"] for chemical in guideline["relatedChemicals"])
    genes = sorted(gene["symbol"] for gene in guideline["relatedGenes"])
    return "-".join([guideline["source"].lower(), drugs[0].replace(" ", "-"), *genes])
