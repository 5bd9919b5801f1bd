"""Phenotype rules: derived from the source's complete diplotype lists, and proved against them."""

from decimal import Decimal

from tables import TableError

INDETERMINATE = "Indeterminate"
STEP = Decimal("0.01")  # activity values and so their sums have at most two decimals: bands leave no gap


def function_rule(gene, single_copy):
    """Unordered pairs of functions -> phenotype; one pair must never have two phenotypes, none may be missing."""
    functions = {allele.name: allele.function for allele in gene.alleles}
    rule = {}
    for names, phenotype, _ in gene.diplotypes:
        pair = function_pair([functions[name] for name in names])
        if rule.setdefault(pair, phenotype) != phenotype:
            raise TableError(f"{gene.symbol}: {pair} is {rule[pair]} and, for {'/'.join(names)}, {phenotype}")
    known = sorted({function for function in functions.values() if function})
    due = {(one, two) for one in known for two in known if one <= two}
    if single_copy == "only":
        due = set()
    if single_copy:
        due |= {(one, None) for one in known}
    if due != set(rule):
        raise TableError(f"{gene.symbol}: no phenotype for {sorted(due - set(rule), key=str)}, "
                         f"unexpected {sorted(set(rule) - due, key=str)}")
    return rule


def function_pair(functions):
    if None in functions:
        raise TableError(f"a listed diplotype with an allele without function: {functions}")
    return tuple(sorted(functions)) if len(functions) == 2 else (functions[0], None)


def score_sum(activities):
    """Sum of activity values as (at least, number); None when one of them is not known."""
    if any(value in (None, "n/a", ".") for value in activities):
        return None
    return (any(value.startswith(">=") for value in activities),
            sum(Decimal(value.removeprefix(">=")) for value in activities))


def score_bands(gene):
    """Score bands [(min, max or None, phenotype)], from 0 up without gaps."""
    values = {allele.name: allele.activity for allele in gene.alleles}
    seen = {}
    for names, phenotype, score in gene.diplotypes:
        total = score_sum([values[name] for name in names])
        stated = None if score == "n/a" else score_sum([score])
        if total != stated:
            raise TableError(f"{gene.symbol} {'/'.join(names)}: values add up to {total}, the source says {score}")
        if total is None:
            if phenotype != INDETERMINATE:
                raise TableError(f"{gene.symbol} {'/'.join(names)}: {phenotype} without a score")
            continue
        if seen.setdefault(total[1], phenotype) != phenotype:
            raise TableError(f"{gene.symbol}: score {total[1]} is {seen[total[1]]} and {phenotype}")
    bands = []
    for score in sorted(seen):
        if bands and bands[-1][2] == seen[score]:
            continue
        if bands:
            bands[-1] = (bands[-1][0], score - STEP, bands[-1][2])
        bands.append((score, None, seen[score]))
    names = [phenotype for _, _, phenotype in bands]
    if bands[0][0] != 0 or len(set(names)) != len(names):
        raise TableError(f"{gene.symbol}: scores do not fall into bands: {bands}")
    return bands


def phenotype_of_score(bands, total):
    """The phenotype of score_sum's result; 'at least' scores must stay inside their band."""
    if total is None:
        return INDETERMINATE
    for low, high, phenotype in bands:
        if low <= total[1] and (high is None or total[1] <= high):
            if total[0] and high is not None:
                raise TableError(f"a score of at least {total[1]} does not decide between bands")
            return phenotype
    raise TableError(f"no band for score {total[1]}")


def prove(gene, rows, kind):
    """Every listed diplotype through the written rows; returns how many were compared."""
    functions = {allele.name: allele.function for allele in gene.alleles}
    values = {allele.name: allele.activity for allele in gene.alleles}
    for names, phenotype, _ in gene.diplotypes:
        if kind == "activity_score":
            found = phenotype_of_score(rows, score_sum([values[name] for name in names]))
        else:
            found = rows[function_pair([functions[name] for name in names])]
        if found != phenotype:
            raise TableError(f"{gene.symbol} {'/'.join(names)}: rule says {found}, source says {phenotype}")
    return len(gene.diplotypes)
