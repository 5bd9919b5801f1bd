// What schema and profile checks leave out, of any resource: slices, narratives, codes beside their names, empty things.
import fs from 'node:fs';
import path from 'node:path';

const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const loinc = 'http://loinc.org';
/// Of drafts of the guide; no profile has them any more.
const retired = new Set(['51961-1', '53040-2', '83009-1']);

/// Calls visit(value, place) for everything in a value, and for itself.
function walk(value, visit, place = '') {
  visit(value, place);
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) {
    walk(inner, visit, Array.isArray(value) ? `${place}[${key}]` : place ? `${place}.${key}` : key);
  }
}

const isCoding = (value) => value && typeof value === 'object' && typeof value.code === 'string' && typeof value.system === 'string';
const hasCoding = (concept, wanted) =>
  (concept?.coding ?? []).some((coding) => coding.system === wanted.system && coding.code === wanted.code);

/// The last digit of LOINC's codes, by Luhn; a letter counts as its place in ASCII behind the digit 0.
export function hasCheckDigit(code) {
  const match = /^((?:L[AL])?[0-9]+)-([0-9])$/.exec(code);
  if (!match) return false;
  const sum = [...match[1]].reverse()
    .map((character) => character.charCodeAt(0) - 48)
    .map((value, k) => (k % 2 === 0 ? Math.floor((2 * value) / 10) + ((2 * value) % 10) : value))
    .reduce((total, value) => total + value, 0);
  return (10 - (sum % 10)) % 10 === +match[2];
}

/// Names of codes, from the guide's terminology: `system|code` -> names in lower case.
function namesOfCodes(folder) {
  const names = new Map();
  const add = (system, concepts) => {
    for (const concept of concepts ?? []) {
      const key = `${system}|${concept.code}`;
      if (concept.display) names.set(key, [...(names.get(key) ?? []), concept.display.toLowerCase()]);
      add(system, concept.concept);
    }
  };
  for (const file of fs.readdirSync(folder)) {
    const resource = read(path.join(folder, file));
    if (resource.resourceType === 'CodeSystem') add(resource.url, resource.concept);
    for (const part of resource.compose?.include ?? []) add(part.system, part.concept);
  }
  return names;
}

/// What a profile asks of values and categories that the library does not look at.
function rulesOf(definition) {
  const elements = new Map((definition.snapshot?.element ?? []).map((element) => [element.id, element]));
  const type = definition.type;
  const rules = { value: elements.get(`${type}.value[x]`), components: [], categories: [] };
  for (const [id, element] of elements) {
    const component = new RegExp(`^${type}\\.component:([^.]+)\\.code$`).exec(id);
    if (component && element.patternCodeableConcept) {
      rules.components.push({
        name: component[1],
        coding: element.patternCodeableConcept.coding[0],
        value: elements.get(`${type}.component:${component[1]}.value[x]`),
        max: elements.get(`${type}.component:${component[1]}`)?.max,
      });
    }
    const category = new RegExp(`^${type}\\.category(?::[^.]+)?\\.coding$`).exec(id);
    if (category && element.patternCoding) rules.categories.push(element.patternCoding);
  }
  return rules;
}

function valueFaults(resource, rule, place) {
  if (!rule) return [];
  const found = Object.keys(resource).filter((key) => /^value[A-Z]/.test(key));
  if (rule.min > 0 && found.length === 0) return [`${place}: no value`];
  if (rule.max === '0') return found.length ? [`${place}: a value that the profile forbids`] : [];
  const allowed = (rule.type ?? []).map((type) => 'value' + type.code[0].toUpperCase() + type.code.slice(1));
  return found.filter((key) => !allowed.includes(key)).map((key) => `${place}: ${key}, where ${allowed} is due`);
}

function profileFaults(resource, rules) {
  const faults = valueFaults(resource, rules.value, resource.resourceType);
  for (const wanted of rules.categories) {
    const list = Array.isArray(resource.category) ? resource.category : [resource.category ?? {}];
    if (!list.some((category) => hasCoding(category, wanted))) faults.push(`category: no ${wanted.code}`);
  }
  for (const rule of rules.components) {
    const found = (resource.component ?? []).filter((component) => hasCoding(component.code, rule.coding));
    if (rule.max === '1' && found.length > 1) faults.push(`component ${rule.name}: more than one`);
    for (const component of found) faults.push(...valueFaults(component, rule.value, `component ${rule.name}`));
  }
  return faults;
}

const narrativeElements = new Set(('a abbr acronym b big blockquote br caption cite code col colgroup dd dfn div dl dt em ' +
  'h1 h2 h3 h4 h5 h6 hr i img li ol p pre q samp small span strong sub sup table tbody td tfoot th thead tr tt ul var').split(' '));
const narrativeAttributes = new Set(('abbr accesskey align alt axis border cellhalign cellpadding cellspacing cellvalign char ' +
  'charoff charset cite class colspan compact coords dir frame headers height href hreflang hspace id lang longdesc name ' +
  'nowrap rel rev rowspan rules scope shape span src start style summary tabindex title type valign value vspace width xmlns').split(' '));

/// One well-formed div of XHTML with nothing in it that acts (rules txt-1 and txt-2 of the standard).
export function narrativeFaults(div) {
  const open = [];
  let rest = div;
  if (!/^<div\s[^>]*xmlns="http:\/\/www\.w3\.org\/1999\/xhtml"/.test(div)) return ['narrative: no div of XHTML'];
  while (rest) {
    const tag = /^<(\/?)([A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z:_-]+="[^"<]*")*)\s*(\/?)>/.exec(rest);
    if (tag) {
      const [whole, end, name, attributes, self] = tag;
      if (!narrativeElements.has(name)) return [`narrative: element ${name}`];
      for (const [, attribute] of attributes.matchAll(/([A-Za-z:_-]+)="/g)) {
        if (!narrativeAttributes.has(attribute.replace(/^xml:/, ''))) return [`narrative: attribute ${attribute}`];
      }
      if (/(?:href|src)="\s*(?:javascript|data|vbscript):/i.test(attributes)) return ['narrative: an address that acts'];
      if (end && open.pop() !== name) return [`narrative: </${name}> without its beginning`];
      if (!end && !self) open.push(name);
      rest = rest.slice(whole.length);
      if (open.length === 0 && rest.trim()) return ['narrative: something behind the div'];
    } else {
      const text = /^(?:[^<&]|&(?:[a-zA-Z]+|#[0-9]+|#x[0-9a-fA-F]+);)+/.exec(rest);
      if (!text) return [`narrative: not well-formed at ${rest.slice(0, 20)}`];
      rest = rest.slice(text[0].length);
    }
  }
  return open.length ? [`narrative: <${open.at(-1)}> has no end`] : [];
}

/// Returns a function from a resource (no bundle) to the list of its faults.
export function loadInvariants(cases) {
  const names = namesOfCodes(path.join(cases, 'terminology'));
  const rules = new Map();
  for (const file of fs.readdirSync(path.join(cases, 'profiles'))) {
    const definition = read(path.join(cases, 'profiles', file));
    rules.set(definition.url, rulesOf(definition));
  }
  return (resource) => {
    const faults = [];
    for (const url of resource.meta?.profile ?? []) faults.push(...profileFaults(resource, rules.get(url.split('|')[0]) ?? rulesOf({})));
    if (resource.resourceType === 'Observation') {
      const hasValue = Object.keys(resource).some((key) => /^value[A-Z]/.test(key));
      if (hasValue && resource.dataAbsentReason) faults.push('obs-6: a value and a reason why there is none');
      if (!hasValue && !resource.dataAbsentReason && !resource.component && !resource.hasMember) faults.push('neither value nor reason');
    }
    if (resource.text) faults.push(...narrativeFaults(resource.text.div));
    walk(resource, (value, place) => {
      if (Array.isArray(value) ? value.length === 0 : value && typeof value === 'object' && Object.keys(value).length === 0) {
        faults.push(`${place}: empty`);
      }
      if (typeof value === 'string' && !/[^\s]/.test(value)) faults.push(`${place}: empty text`);
      if (!isCoding(value)) return;
      if (value.system === loinc && !hasCheckDigit(value.code)) faults.push(`${place}: no LOINC code: ${value.code}`);
      if (value.system === loinc && retired.has(value.code)) faults.push(`${place}: out of date: ${value.code}`);
      const known = names.get(`${value.system}|${value.code}`);
      if (known && value.display && !known.includes(value.display.toLowerCase())) {
        faults.push(`${place}: ${value.code} is ${known[0]}, not ${value.display}`);
      }
    });
    return faults;
  };
}
