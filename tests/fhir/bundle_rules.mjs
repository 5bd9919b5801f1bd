// What we promise of our own bundles, beyond what the standard asks of any.
const profileNames = (resource) => (resource.meta?.profile ?? []).map((url) => url.split('/').at(-1));
const uuid5 = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const doses = new Set(['LA26421-0', 'LA26422-8', 'LA26423-6']);  // LOINC's answer list LL4049-4

/// Every reference of a value, with its place.
function* referencesIn(value, place = '') {
  if (value === null || typeof value !== 'object') return;
  if (typeof value.reference === 'string') yield [value.reference, place];
  for (const [key, inner] of Object.entries(value)) yield* referencesIn(inner, `${place}.${key}`);
}

const has = (concept, code) => (concept?.coding ?? []).some((coding) => coding.code === code);
const component = (resource, code) => (resource.component ?? []).find((each) => has(each.code, code));

/// Which profiles, or types, a reference must lead to.
function targetFaults(resource, byUrl) {
  const faults = [];
  const expect = (reference, fits, what) => {
    const target = byUrl.get(reference?.reference);
    if (!target || !fits(target)) faults.push(`${resource.resourceType} ${resource.id}: ${what}`);
  };
  const isObservation = (target) => target.resourceType === 'Observation';
  if (resource.resourceType === 'Task') {
    expect(resource.reasonReference, (target) => profileNames(target).includes('therapeutic-implication'), 'its reason is no implication');
    if (resource.focus) expect(resource.focus, (target) => target.resourceType === 'MedicationStatement', 'its focus is no medicine');
    if (resource.code && !resource.code.coding?.every((coding) => doses.has(coding.code))) {
      faults.push(`Task ${resource.id}: not among the answers of LL4049-4`);
    }
    if (!resource.description) faults.push(`Task ${resource.id}: says nothing`);
  }
  for (const part of resource.derivedFrom ?? []) expect(part, isObservation, 'derived from no observation');
  for (const part of resource.result ?? []) expect(part, isObservation, 'a result that is no observation');
  return faults;
}

/// An observation of a gene says which, and either what was found or why nothing was.
function observationFaults(resource) {
  const faults = [];
  const name = `Observation ${resource.id}`;
  if (resource.status !== 'preliminary') faults.push(`${name}: ${resource.status}, where a laboratory has not signed`);
  for (const code of ['laboratory', 'GE']) {
    if (!resource.category?.some((category) => has(category, code))) faults.push(`${name}: no category ${code}`);
  }
  const isGene = has(resource.code, '84413-4') || has(resource.code, '84414-2');
  if (isGene && !component(resource, '48018-6')) faults.push(`${name}: of which gene?`);
  const isAdvice = profileNames(resource).includes('therapeutic-implication');
  const hasValue = Object.keys(resource).some((key) => /^value[A-Z]/.test(key));
  if (!isAdvice && !hasValue && !resource.dataAbsentReason) faults.push(`${name}: silent`);
  if (resource.dataAbsentReason && !resource.dataAbsentReason.text) faults.push(`${name}: no reason in words`);
  if (isAdvice) {
    if (!component(resource, '51963-7')) faults.push(`${name}: about which drug?`);
    if (!component(resource, 'conclusion-string')?.valueString) faults.push(`${name}: concludes nothing`);
    if (!['action', 'caution', 'unknown', 'none'].includes(resource.interpretation?.[0]?.text)) faults.push(`${name}: no level`);
  }
  // A phenotype is coded by its own words or not at all.
  for (const concept of [resource.valueCodeableConcept, ...(resource.component ?? []).map((each) => each.valueCodeableConcept)]) {
    const display = concept?.coding?.[0]?.system === 'http://loinc.org' ? concept.coding[0].display : undefined;
    if (display && concept.text && !concept.text.toLowerCase().includes(display.toLowerCase()) && !has(resource.code, '51969-4')) {
      faults.push(`${name}: coded as ${display}, in words ${concept.text}`);
    }
  }
  return faults;
}

/// Returns what is wrong with a bundle as ours.
export function bundleFaults(bundle) {
  const faults = [];
  if (bundle.type !== 'collection') faults.push('not a collection');
  const byUrl = new Map(bundle.entry.map((entry) => [entry.fullUrl, entry.resource]));
  if (byUrl.size !== bundle.entry.length) faults.push('an id twice');
  for (const { fullUrl, resource } of bundle.entry) {
    if (fullUrl !== `urn:uuid:${resource.id}` || !uuid5.test(resource.id)) faults.push(`${fullUrl}: not an id by name`);
    for (const [reference, place] of referencesIn(resource)) {
      if (!byUrl.has(reference)) faults.push(`${resource.resourceType} ${resource.id}${place}: leads nowhere`);
    }
    faults.push(...targetFaults(resource, byUrl));
    if (resource.resourceType === 'Observation') faults.push(...observationFaults(resource));
  }
  const of = (type) => bundle.entry.filter((entry) => entry.resource.resourceType === type);
  const report = bundle.entry[0].resource;
  if (report.resourceType !== 'DiagnosticReport') return [...faults, 'the report is not first'];
  if (report.status !== 'preliminary') faults.push('the report is signed by nobody and not preliminary');
  const told = new Set((report.result ?? []).map((each) => each.reference));
  for (const entry of of('Observation')) if (!told.has(entry.fullUrl)) faults.push(`${entry.fullUrl}: not among the results`);
  const recommended = new Set((report.extension ?? []).map((each) => each.valueReference?.reference));
  for (const entry of of('Task')) if (!recommended.has(entry.fullUrl)) faults.push(`${entry.fullUrl}: not recommended`);
  for (const type of ['Patient', 'Device']) if (of(type).length !== 1) faults.push(`not one ${type}`);
  // Each action and each caution has its task, nothing else has one.
  const urgent = of('Observation').filter((entry) => ['action', 'caution'].includes(entry.resource.interpretation?.[0]?.text) &&
    profileNames(entry.resource).includes('therapeutic-implication')).map((entry) => entry.fullUrl).sort();
  const reasons = of('Task').map((entry) => entry.resource.reasonReference?.reference).sort();
  if (JSON.stringify(urgent) !== JSON.stringify(reasons)) faults.push('tasks do not go with the advice');
  return faults;
}
