"""Keys of guideline recommendations: read from the source, merged into few `when` conditions, matched again.

A key is one gene's part of a recommendation, as a tuple:
  ("phenotype", words)   ("score", number, open)   ("indeterminate",)   ("no result",)   ("diplotype", "*1/*28")
`open` marks a score of which only the lower end is known (the source writes it with a "greater or equal" sign).
"""

import re

POPULATIONS = {   # the source's words -> keys of phrases.yaml
    None: ".", "general": ".",
    "adults": "adults", "pediatrics": "children",
    "child >40kg_adult": "adults_and_children_over_40_kg",
    "CBZ naive": "naive", "OXC naive": "naive", "PHT naive": "naive",
    "CBZ-no alternatives": "naive_no_alternative",
    "CBZ use >3mos": "tolerated_3_months", "OXC use >3 mos": "tolerated_3_months",
    "PHT use >3mos": "tolerated_3_months",
    "CVI ACS PCI": "acs_pci", "CVI non-ACS non-PCI": "other_cardiovascular", "NVI": "neurovascular",
}

POPULATION_OF = {   # guidelines whose texts speak to some only, which their "general" does not say
    "cpic-ivacaftor-CFTR": "cystic_fibrosis",
}

DROPPED = {   # (gene, key of the source) -> why no rule is written
    ("CYP2D6", "xN combinations"): "no result of a genotype: the source asks for another input",
    ("DPYD", "1.0 (Phenotyping)"): "compound heterozygotes that need an enzyme test: a genotype gives score 1",
    ("HLA-B", "1511 and 1502"): "the rows of *15:02 and of *15:11 both apply, and both advise against the drug",
}

UNKNOWN = (("indeterminate",), ("no result",))

STEPS = {"CYP2D6": 0.25, "CYP2C9": 0.5, "DPYD": 0.5}   # the grid of each gene's activity scores


def population(guideline: str, words: str | None) -> str:
    if guideline in POPULATION_OF:
        return POPULATION_OF[guideline]
    if words not in POPULATIONS:
        raise SystemExit(f"population {words!r} is new: give it a key in guidance_rules.py and phrases.yaml")
    return POPULATIONS[words]


def number(value: float) -> str:
    return f"{value:g}"


def read_key(gene: str, value) -> tuple | None:
    """The key for one entry of lookupKey; None when it is dropped."""
    if isinstance(value, dict):
        names = [name for name, count in value.items() for _ in range(int(count))]
        if len(names) != 2:
            raise SystemExit(f"{gene}: {value} is not a diplotype")
        return ("diplotype", "/".join(names))
    if (gene, value) in DROPPED:
        return None
    if value in ("n/a", "Indeterminate"):
        return ("indeterminate",)
    if value == "No Result":
        return ("no result",)
    if match := re.fullmatch(r"(≥?)(\d+(?:\.\d+)?)(?: \(.*\))?", value):
        return ("score", float(match[2]), bool(match[1]))
    if "|" in value or ";" in value or value.startswith(("score ", "diplotype ")):
        raise SystemExit(f"{gene}: {value!r} cannot be written as a key")
    return ("phenotype", value)


def covers_from(low: float, key: tuple) -> bool:
    """Whether `score >=low` holds for a score key."""
    return key[1] >= low


def write_keys(gene: str, keys: frozenset, universe: set) -> list[str]:
    """The keys of one gene as words; `universe`: all keys the guideline lists for the gene.

    An open range begins right above the highest score of the other rows, so that no score lies between
    (DPWG lists 2.5 and 3 for CYP2D6 and calls everything above 2.5 ultrarapid: `score >=2.75`).
    """
    words = sorted(" ".join(key) for key in keys if key[0] == "diplotype")
    words += sorted(key[1] for key in keys if key[0] == "phenotype")
    closed = sorted(key for key in universe if key[0] == "score" and not key[2])
    opened = sorted(key for key in universe if key[0] == "score" and key[2])
    runs: list[list[tuple]] = []
    previous = False
    for key in closed:
        if key in keys:
            if not previous:
                runs.append([])
            runs[-1].append(key)
        previous = key in keys
    covered = set()
    if runs and runs[-1][-1] == closed[-1] and any(key in keys for key in opened):
        above = [key for key in opened if covers_from(runs[-1][0][1], key)]
        if all(key in keys for key in above):
            covered = set(above)
    ranges = []
    for run in runs:
        low, high = run[0][1], run[-1][1]
        if covered and run is runs[-1]:
            below = [key[1] for key in closed if key[1] < low]
            ranges.append(f"score >={number(max(below) + STEPS[gene] if below else low)}")
        else:
            ranges.append(f"score {number(low)}" if low == high else f"score {number(low)}-{number(high)}")
    rest = [key for key in opened if key in keys and key not in covered]
    if rest:
        low = min(key[1] for key in rest)
        if any(covers_from(low, key) and key not in keys for key in closed + opened):
            raise SystemExit(f"scores of at least {low} overlap with others: {sorted(keys)}")
        ranges.append(f"score >={number(low)}")
    return words + ranges + [key[0] for key in UNKNOWN if key in keys]


def rectangles(points: set[tuple]) -> list[tuple[frozenset, ...]]:
    """Disjoint products of key sets that make up the points (one or two genes), as few as either direction gives."""
    size = len(next(iter(points)))
    if size == 1:
        return [(frozenset(point[0] for point in points),)]
    if size != 2:
        raise SystemExit(f"recommendations on {size} genes at once are not merged: {sorted(points)[:1]}")
    best = None
    for axis in (0, 1):
        rows: dict = {}
        for point in points:
            rows.setdefault(point[axis], set()).add(point[1 - axis])
        groups: dict = {}
        for own, others in rows.items():
            groups.setdefault(frozenset(others), set()).add(own)
        result = [(frozenset(own), others) if axis == 0 else (others, frozenset(own))
                  for others, own in groups.items()]
        if best is None or len(result) < len(best):
            best = result
    return best


def condition_holds(word: str, key: tuple) -> bool:
    """Whether one written key (`score 0.25-1`, `Poor Metabolizer`, ...) holds for a key of the source."""
    if word.startswith("score "):
        if key[0] != "score":
            return False
        text = word[len("score "):]
        if text.startswith(">="):
            return key[1] >= float(text[2:])
        low, _, high = text.partition("-")
        return not key[2] and float(low) <= key[1] <= float(high or low)
    if word.startswith("diplotype "):
        return key[0] == "diplotype" and sorted(word[len("diplotype "):].split("/")) == sorted(key[1].split("/"))
    if word in ("indeterminate", "no result"):
        return key == (word,)
    return key == ("phenotype", word)


def holds(when: str, keys: dict) -> bool:
    """Whether a written condition holds for the keys of a recommendation (gene -> key)."""
    for part in when.split("; "):
        gene, words = part.split(": ", 1)
        if not any(condition_holds(word, keys[gene]) for word in words.split(" | ")):
            return False
    return True
