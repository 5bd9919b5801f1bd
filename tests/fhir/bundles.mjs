// Bundles of the program beside the standard, the profiles and what we promise; and the validator beside files that are
// known to be broken, so that it is known to be one.
//   node bundles.mjs MODULES PROGRAM SOURCES SHARED RESULTS
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { bundleFaults } from './bundle_rules.mjs';
import { loadInvariants } from './invariants.mjs';
import { breakages } from './breakages.mjs';
import { loadStandard, resourcesIn } from './standard.mjs';

const [modules, program, sources, shared, results] = process.argv.slice(2).map((argument) => path.resolve(argument));
const cases = path.join(shared, 'cases/fhir');
if (!fs.existsSync(cases)) {
  console.log(`skipped: ${cases} is not there: no bundle was validated`);
  process.exit(0);
}
const standard = await loadStandard(modules, cases);
const invariants = loadInvariants(cases);
const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));

/// Everything but our own promises, which others never made.
function faultsOf(resource) {
  const faults = standard(resource);
  for (const [each, place] of resourcesIn(resource)) {
    if (each.resourceType !== 'Bundle') faults.push(...invariants(each).map((fault) => `${place}: ${fault}`));
  }
  return faults;
}

let failed = 0;
let passed = 0;
function expect(name, isAsExpected, faults) {
  if (isAsExpected) { ++passed; return; }
  ++failed;
  console.log(`FAILED ${name}`);
  for (const fault of faults.slice(0, 8)) console.log(`    ${fault.slice(0, 300)}`);
}

function checkExamples() {
  for (const name of fs.readdirSync(path.join(cases, 'examples')).sort()) {
    const faults = faultsOf(read(path.join(cases, 'examples', name)));
    expect(`example ${name} is right`, faults.length === 0, faults);
  }
  for (const name of fs.readdirSync(path.join(cases, 'negative')).sort()) {
    const faults = faultsOf(read(path.join(cases, 'negative', name)));
    expect(`broken file ${name} is refused`, faults.length > 0, ['nothing was found wrong with it']);
  }
}

/// Runs of the program; each must give these samples and no fault.
const run = (name, workflow, ...more) => {
  const output = path.join(results, name);
  fs.rmSync(output, { recursive: true, force: true });
  const args = ['run', ...(workflow ? [path.join(sources, 'workflows', workflow)] : []), ...more, '--write', 'fhir', '--output', output];
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  return path.join(output, 'report');
};
const data = (name) => path.join(sources, 'data-samples', name);

function checkRun(folder, least) {
  const files = fs.readdirSync(folder).filter((name) => name.endsWith('.fhir.json'));
  expect(`${folder} has ${least} bundle(s)`, files.length >= least, [`found ${files.length}`]);
  for (const name of files) {
    const bundle = read(path.join(folder, name));
    const faults = [...faultsOf(bundle), ...bundleFaults(bundle)];
    expect(`${path.basename(path.dirname(folder))}/${name}`, faults.length === 0, faults);
  }
  return files.map((name) => path.join(folder, name));
}

checkExamples();
const family = checkRun(run('family', 'pgx-report.yaml', '--outside-calls', data('outside_calls.tsv'), '--dose', 'warfarin',
  '--covariates', data('patients.tsv'), '--medications-file', data('medications.tsv')), 10);
checkRun(run('doses', 'pgx-report.yaml', '--dose', 'warfarin-iwpc-2009,tacrolimus,capecitabine,clopidogrel,citalopram', '--covariates',
  data('patients.tsv'), '--samples', 'father,leukaemia,no_call'), 3);
checkRun(run('grch37', null, '--input', data('family_grch37.vcf.gz'), '--samples', 'stent'), 1);
checkRun(run('few_genes', 'pgx-report.yaml', '--genes', 'CYP2C9,TPMT', '--samples', 'stent,no_call'), 2);
checkRun(run('reads', 'pgx-from-reads.yaml'), 1);
const hostile = path.join(results, 'hostile.vcf');
fs.writeFileSync(hostile, execFileSync('gzip', ['-dc', data('family.vcf.gz')], { encoding: 'latin1' })
  .replace(/^(#CHROM(?:\t[^\t]*){8}\t)[^\t\n]*/m, '$1<script>alert("1")&\xe9</script>'), 'latin1');
checkRun(run('hostile', null, '--input', hostile, '--genes', 'CYP2C9'), 10);
const cohort = path.join(shared, 'cases/pharmcat/vcf');
if (fs.existsSync(cohort)) {
  const some = fs.readdirSync(cohort).filter((name) => name.endsWith('.vcf') || name.endsWith('.vcf.gz')).sort().filter((_, k) => k % 50 === 0);
  for (const name of some) {
    let folder;
    try { folder = run(`case_${name}`, null, '--input', path.join(cohort, name)); } catch { continue; }  // one that is refused
    checkRun(folder, 1);
  }
}
// The same run again: the same bytes.
const before = family.map((file) => fs.readFileSync(file, 'utf8'));
const again = run('family', 'pgx-report.yaml', '--outside-calls', data('outside_calls.tsv'), '--dose', 'warfarin',
  '--covariates', data('patients.tsv'), '--medications-file', data('medications.tsv'), '--threads', '2');
family.forEach((file, k) => expect(`${path.basename(file)} is the same again`,
  fs.readFileSync(path.join(again, path.basename(file)), 'utf8') === before[k], ['the bytes differ']));
// Our own bundle, broken in ways that matter: each must be found.
for (const [what, breakIt] of breakages) {
  const bundle = read(family.find((file) => path.basename(file) === 'stent.fhir.json'));
  breakIt(bundle);
  const faults = [...faultsOf(bundle), ...bundleFaults(bundle)];
  expect(`our bundle ${what} is refused`, faults.length > 0, ['nothing was found wrong with it']);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
