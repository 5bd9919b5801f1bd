// The pages in a real browser: opened from file://, found in, printed, looked at by axe; nothing may be fetched.
//   node pages.cjs PROGRAM SOURCE_FOLDER OUTPUT_FOLDER      with NODE_PATH naming playwright-core and axe-core
'use strict';
const assert = require('node:assert');
const {execFileSync} = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const url = require('node:url');
const zlib = require('node:zlib');

const [program, source, out] = process.argv.slice(2).map((each) => path.resolve(each));
const browser_at = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((each) => fs.existsSync(each));
const installed = (name) => {
  try {
    return require(name);
  } catch {
    console.log(`skipped: ${name} is not there; ./dev test-browser installs it`);
    process.exit(0);
  }
};
const {chromium} = installed('playwright-core');
const axe = installed('axe-core');
if (!browser_at) {
  console.log('skipped: chromium is not there; ./dev test-browser installs it');
  process.exit(0);
}

const most_pages = 3;  // of paper, for all genes
const most_bytes = {variants: 200_000, reads: 300_000};  // of reads there is a picture of each position's depth
const hostile = '<img src=x onerror=document.title=1>';
const sample = (name) => path.join(source, 'data-samples', name);
const patience = 180_000;  // milliseconds: machines of a CI may be busy
const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update',
               '--disable-sync', '--no-first-run', '--disable-extensions', '--disable-dev-shm-usage'];
const figures = [];
const every_view = [['desktop', 1280, 900], ['phone', 390, 844]].flatMap(([view, width, height]) =>
  ['light', 'dark'].map((colorScheme) => ({view, width, height, colorScheme})));

function make_pages() {
  fs.rmSync(out, {recursive: true, force: true});
  fs.mkdirSync(out, {recursive: true});
  const vcf = zlib.gunzipSync(fs.readFileSync(sample('family.vcf.gz'))).toString('latin1');
  const renamed = path.join(out, 'hostile.vcf');
  fs.writeFileSync(renamed, vcf.replace(/^(#CHROM.*\t)stent\b/m, `$1${hostile}`), 'latin1');
  const run = (folder, ...flags) =>
    execFileSync(program, ['run', ...flags, '--output', path.join(out, folder)], {cwd: source, stdio: 'pipe'});
  run('family', 'workflows/pgx-report.yaml', '--outside-calls', sample('outside_calls.tsv'), '--dose', 'warfarin',
      '--covariates', sample('patients.tsv'), '--medications-file', sample('medications.tsv'), '--truth',
      sample('truth.tsv'));
  run('plain', 'workflows/pgx-report.yaml', '--write', 'html', '--samples', 'stent');
  run('reads', 'workflows/pgx-from-reads.yaml');
  run('hostile', '--input', renamed, '--write', 'html');
}

/// Pages of treatments: with a dose advised, where nothing was told yet, and where measurements contradict the model.
function make_twins() {
  const records = path.join(out, 'records');
  const pages = path.join(out, 'twins');
  fs.mkdirSync(pages);
  const twin = (...words) => execFileSync(program, ['twin', ...words], {cwd: source, stdio: 'pipe'}).toString();
  const told = twin('start', 'warfarin', '--covariates', sample('patients.tsv'), '--input', sample('family.vcf.gz'),
                    '--output', records);
  const record = path.join(records, `${told.match(/^mother\t(p-[0-9a-f]{12})/m)[1]}.twin.json`);
  const against = path.join(out, 'against.twin.json');
  const page = (name) => path.join(pages, `${name}.html`);
  twin('advise', record, '--at', '2026-03-02T18:00', '--html', page('begun'));
  twin('add', record, '--events', sample('treatment.tsv'));
  const answer = JSON.parse(twin('advise', record, '--json', '--html', page('advised')));
  fs.copyFileSync(record, against);
  twin('add', against, '--time', '2026-03-23T09:00', '--value', 'inr=14');
  twin('advise', against, '--html', page('against'));
  return answer;
}

/// Opens a page in its own context; `seen` collects what must not happen.
async function open(browser, file, options, seen) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  page.on('request', (request) => {
    if (request.url() !== url.pathToFileURL(file).href) seen.push(`request: ${request.url()}`);
  });
  page.on('console', (message) => seen.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => seen.push(`error: ${error.message}`));
  await page.goto(url.pathToFileURL(file).href, {waitUntil: 'load'});
  return page;
}

async function check_with_axe(page, name) {
  await page.evaluate(axe.source);
  const rules = {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']};
  const {violations} = await page.evaluate((asked) => globalThis.axe.run(asked), rules);
  const told = violations.map((each) => `${each.impact} ${each.id} (${each.nodes.length}): ${each.nodes[0].html.slice(0, 160)}`);
  assert.deepEqual(told, [], `axe on ${name}`);
  return told.length;
}

async function count_printed(page) {
  const pdf = await page.pdf({preferCSSPageSize: true, printBackground: true});
  return {pdf, pages: (pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) || []).length};
}

/// `views`: of which sizes and schemes; the first is enough for pages that are made like another.
async function check_page(browser, file, is_sample, views) {
  const name = path.relative(out, file).replace(/\.html$/, '').replace(/[^A-Za-z0-9_-]/g, '_');
  const seen = [];
  let violations = 0;
  for (const {view, width, height, colorScheme} of views) {
    const page = await open(browser, file, {viewport: {width, height}, colorScheme}, seen);
    violations += await check_with_axe(page, `${name}, ${view}, ${colorScheme}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${name} is ${wide} pixels wider than a ${view}`);
    await page.screenshot({path: path.join(out, 'shots', `${name}-${view}-${colorScheme}.png`), fullPage: true});
    await page.context().close();
  }
  const page = await open(browser, file, {}, seen);
  const printed = await count_printed(page);
  fs.writeFileSync(path.join(out, 'shots', `${name}.pdf`), printed.pdf);
  const {size} = fs.statSync(file);
  if (is_sample) {
    assert.ok(printed.pages >= 1 && printed.pages <= most_pages, `${name} prints on ${printed.pages} pages`);
    assert.ok(size <= (name.startsWith('reads') ? most_bytes.reads : most_bytes.variants), `${name} has ${size} bytes`);
  }
  assert.deepEqual(seen, [], `what ${name} did`);
  figures.push(`${name}: ${printed.pages} page(s), ${size} bytes, axe ${violations}, requests ${seen.length}`);
  await page.context().close();
}

/// Drugs by section, from what is on the page.
const drugs_by_section = () => {
  const name_of = (card) => [...card.querySelector('h3').childNodes].filter((node) => node.nodeType === 3 || node.localName === 'bdi')
    .map((node) => node.textContent).join('').trim();
  const found = {};
  for (const id of ['medicines', 'needs-action', 'undetermined', 'no-change']) {
    const section = document.getElementById(id);
    found[id] = section ? [...section.querySelectorAll('li.drug')].flatMap((card) => name_of(card).split(', ')) : [];
  }
  return found;
};

async function check_buckets(browser) {
  const file = path.join(out, 'family/report/stent.html');
  const report = JSON.parse(fs.readFileSync(file.replace(/html$/, 'json'), 'utf8'));
  const page = await open(browser, file, {}, []);
  const found = await page.evaluate(drugs_by_section);
  const uncovered = report.medications.filter((each) => !each.covered).map((each) => each.given);
  assert.ok(uncovered.length > 0 && uncovered.every((each) => found.medicines.includes(each)), 'no medicine is dropped');
  const everywhere = Object.values(found).flat().filter((drug) => !uncovered.includes(drug)).sort();
  assert.deepEqual(everywhere, report.drugs.map((each) => each.drug).sort(), 'each drug in exactly one place');
  for (const {drug, bucket, taken} of report.drugs) {
    const section = taken ? 'medicines' : bucket.replace('_', '-');
    assert.ok(found[section].includes(drug), `${drug} stands under ${section}`);
  }
  const order = await page.$$eval('main > section', (all) => all.map((each) => each.id));
  assert.deepEqual(order, ['medicines', 'needs-action', 'undetermined', 'no-change', 'genes', 'dose', 'methods']);
  await page.context().close();
}

async function check_finder(browser) {
  const seen = [];
  const page = await open(browser, path.join(out, 'plain/report/stent.html'), {}, seen);
  const shown = () => page.$$eval('#needs-action li.drug', (all) => all.filter((each) => each.checkVisibility()).length);
  const all = await shown();
  const before = (await count_printed(page)).pages;
  assert.ok(all > 5);
  await page.getByRole('searchbox').fill('CLOPIDOGREL');
  assert.equal(await shown(), 1);
  assert.match(await page.locator('output').textContent(), /^\d+ found$/);
  assert.equal(await page.locator('#no-change').isVisible(), false);
  assert.equal((await count_printed(page)).pages, before, 'what is not found is printed all the same');
  await page.getByRole('searchbox').fill('');
  assert.equal(await shown(), all);
  await page.getByRole('searchbox').fill('celecoxib');
  assert.equal(await page.locator('#no-change details li.drug').filter({hasText: 'celecoxib'}).isVisible(), true);
  await page.getByRole('searchbox').fill('');
  await page.getByRole('radio', {name: 'Genes'}).check();
  assert.equal(await page.locator('#needs-action').isVisible(), false);
  assert.equal(await page.locator('#genes').isVisible(), true);
  assert.deepEqual(seen, []);
  await page.context().close();

  const plain = await open(browser, path.join(out, 'plain/report/stent.html'), {javaScriptEnabled: false}, seen);
  assert.equal(await plain.locator('form.find').isVisible(), false, 'without script there is no form');
  assert.equal(await plain.locator('#needs-action li.drug').count(), all);
  await plain.context().close();
}

async function check_hostile(browser) {
  const folder = path.join(out, 'hostile/report');
  const file = fs.readdirSync(folder).find((each) => each.startsWith('%3C'));
  const seen = [];
  const page = await open(browser, path.join(folder, file), {}, seen);
  assert.equal(await page.title(), `Pharmacogenomic report, ${hostile}`);
  assert.equal(await page.locator('img').count(), 0);
  const index = await open(browser, path.join(folder, 'index.html'), {}, seen);
  await index.getByRole('link', {name: hostile}).click();
  assert.match(index.url(), /%253Cimg/);
  assert.deepEqual(seen.filter((each) => !each.endsWith('.html')), []);
  await page.context().close();
  await index.context().close();
}

async function check_twins(browser, answer) {
  const opened = async (name) => open(browser, path.join(out, 'twins', `${name}.html`), {}, []);
  const advised = await opened('advised');
  const section = advised.locator('#dose');
  assert.equal(await section.locator('.amount').textContent(), answer.advice.best.regimen.text);
  for (const sentence of answer.advice.because) assert.equal(await section.getByText(`${sentence}.`, {exact: true}).count(), 1);
  assert.deepEqual(await section.locator('tbody th').allTextContents(), ['Advised', 'As now', 'By the rule']);
  const picture = advised.locator('#course svg');
  assert.equal(await picture.count(), 1);
  assert.ok((await picture.locator('title').count()) > 0, 'the picture is told of in words');
  await advised.context().close();
  const begun = await opened('begun');
  assert.match(await begun.locator('#told').textContent(), /Nothing yet/);
  await begun.context().close();
  const against = await opened('against');
  assert.equal(await against.locator('#dose .amount').count(), 0, 'no dose stands on a page that advises none');
  assert.match(await against.locator('#dose').textContent(), /No dose is advised/);
  await against.context().close();
}

function check_pdf() {
  const folder = path.join(out, 'pdf');
  execFileSync(program, ['run', 'workflows/pgx-report.yaml', '--samples', 'stent', '--write', 'pdf', '--output', folder],
               {cwd: source, stdio: 'pipe'});
  const pdf = fs.readFileSync(path.join(folder, 'report/stent.pdf')).toString('latin1');
  assert.ok(pdf.startsWith('%PDF-'));
  const pages = (pdf.match(/\/Type\s*\/Page\b(?!s)/g) || []).length;
  assert.ok(pages >= 1 && pages <= most_pages, `the program printed ${pages} pages`);
  figures.push(`pdf by the program: ${pages} page(s), ${pdf.length} bytes`);
}

(async () => {
  make_pages();
  const answer = make_twins();
  check_pdf();
  const browser = await chromium.launch({executablePath: browser_at, args: flags, timeout: patience});
  try {
    await check_buckets(browser);
    await check_finder(browser);
    await check_hostile(browser);
    await check_twins(browser, answer);
    for (const name of ['advised', 'begun', 'against']) {
      await check_page(browser, path.join(out, `twins/${name}.html`), true, name === 'advised' ? every_view : every_view.slice(2, 4));
    }
    for (const name of fs.readdirSync(path.join(out, 'family/report')).filter((each) => each.endsWith('.html'))) {
      const views = ['index.html', 'stent.html', 'no_call.html'].includes(name) ? every_view : every_view.slice(0, 1);
      await check_page(browser, path.join(out, 'family/report', name), name !== 'index.html', views);
    }
    await check_page(browser, path.join(out, 'plain/report/stent.html'), true, every_view.slice(2, 3));
    await check_page(browser, path.join(out, 'reads/report/stent_reads.html'), true, every_view);
  } finally {
    await browser.close();
  }
  console.log(figures.join('\n'));
  console.log(`screenshots and PDF are in ${path.join(out, 'shots')}`);
})().catch((error) => {
  console.error(error.stack.slice(0, 2000));
  process.exit(1);
});
