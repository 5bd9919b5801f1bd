// Ways in which a bundle of ours could be wrong: each changes a good one.
const resources = (bundle, type) => bundle.entry.map((entry) => entry.resource).filter((resource) => resource.resourceType === type);
const find = (bundle, type, fits) => {
  const found = resources(bundle, type).find(fits);
  if (!found) throw new Error(`the bundle has no ${type} to break`);
  return found;
};
const ofCode = (code) => (resource) => resource.code?.coding?.some((coding) => coding.code === code);
const implication = (resource) => resource.meta?.profile?.[0]?.endsWith('/therapeutic-implication');

export const breakages = [
  ['with a silent no call', (bundle) => { delete find(bundle, 'Observation', (each) => each.dataAbsentReason).dataAbsentReason; }],
  ['with a no call without its reason', (bundle) => { delete find(bundle, 'Observation', (each) => each.dataAbsentReason).dataAbsentReason.text; }],
  ['with a signed result', (bundle) => { find(bundle, 'Observation', ofCode('84413-4')).status = 'final'; }],
  ['with a genotype of no gene', (bundle) => { delete find(bundle, 'Observation', ofCode('84413-4')).component; }],
  ['with a haplotype in another field', (bundle) => {
    const haplotype = find(bundle, 'Observation', ofCode('84414-2'));
    haplotype.valueString = haplotype.valueCodeableConcept.text;
    delete haplotype.valueCodeableConcept;
  }],
  ['with a phenotype coded as another', (bundle) => {
    const phenotype = find(bundle, 'Observation', (each) => each.valueCodeableConcept?.coding?.[0]?.code === 'LA10317-8');
    phenotype.valueCodeableConcept.coding[0].code = 'LA25391-6';
    phenotype.valueCodeableConcept.coding[0].display = 'Normal metabolizer';
  }],
  ['with advice on no drug', (bundle) => {
    const advice = find(bundle, 'Observation', implication);
    advice.component = advice.component.filter((part) => part.code.coding?.[0]?.code !== '51963-7');
  }],
  ['with advice derived from nothing', (bundle) => { delete find(bundle, 'Observation', implication).derivedFrom; }],
  ['with a task lost', (bundle) => { bundle.entry = bundle.entry.filter((entry) => entry.resource !== find(bundle, 'Task', () => true)); }],
  ['with a task that is completed', (bundle) => { find(bundle, 'Task', () => true).status = 'completed'; }],
  ['with a task of another code', (bundle) => { find(bundle, 'Task', (each) => each.code).code.coding[0] = { system: 'http://loinc.org', code: 'LA9633-4' }; }],
  ['with a result that the report forgets', (bundle) => { bundle.entry[0].resource.result.pop(); }],
  ['with a code out of date', (bundle) => {
    find(bundle, 'Observation', implication).component.push({ code: { coding: [{ system: 'http://loinc.org', code: '53040-2' }] }, valueString: 'x' });
  }],
  ['with a mistyped code', (bundle) => { find(bundle, 'Observation', ofCode('84413-4')).component[0].code.coding[0].code = '48018-7'; }],
  ['with a script in its narrative', (bundle) => {
    const text = bundle.entry[0].resource.text;
    text.div = text.div.replace('</div>', '<script>alert(1)</script></div>');
  }],
  ['with markup in its narrative', (bundle) => {
    const text = bundle.entry[0].resource.text;
    text.div = text.div.replace('</div>', '<p>a < b & c</p></div>');
  }],
  ['with an id twice', (bundle) => { bundle.entry.push(bundle.entry.at(-1)); }],
  ['with a reference that leads nowhere', (bundle) => { find(bundle, 'Observation', implication).derivedFrom[0].reference = 'urn:uuid:0'; }],
];
