// usage: node cedar-judge.mjs < LINES
// The reference implementation of Cedar judges ours: for each world of test/Terroir.Proofs, whether the policies can be
// read, which are valid, that the formatted text means the same, and each request's decision, reasons and errors.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(process.cwd() + '/');
const cedar = require('@cedar-policy/cedar-wasm/nodejs');
let worlds = 0, unreadable = 0, requests = 0, invalid = 0, allowed = 0, errors = 0, differ = 0;
const shown = [];

const same = (a, b) => JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
function differs(what, world, ours, theirs) {
  differ++;
  if (shown.length < 10) shown.push({ what, ours, theirs, policies: world.policies, schema: world.schema });
}

for await (const line of createInterface({ input: process.stdin })) {
  const world = JSON.parse(line);
  worlds++;
  const policies = { staticPolicies: world.policies };
  const readable = cedar.checkParsePolicySet(policies);
  if ((readable.type === 'success') !== (world.unreadable === undefined)) {
    differs('readable', world, world.unreadable ?? 'readable', readable);
    continue;
  }
  if (world.unreadable !== undefined) { unreadable++; continue; }
  const validity = cedar.validate({ schema: world.schema, policies });
  if (validity.type !== 'success') throw new Error(JSON.stringify(validity));
  // Since 4.13 a scope that no action fits is a warning there; before, and in the public cases, it is an error.
  const outOfScope = validity.validationWarnings.filter(({ error }) => error.message.includes('applicable action'));
  const faulty = [...new Set([...validity.validationErrors, ...outOfScope].map(error => error.policyId))];
  if (!same(faulty, world.invalid)) differs('valid', world, world.invalid, validity.validationErrors);
  invalid += faulty.length;
  const parsed = cedar.policySetTextToParts(world.policies).policies.map(text => cedar.policyToJson(text).json);
  const again = cedar.policySetTextToParts(world.formatted).policies.map(text => cedar.policyToJson(text).json);
  if (JSON.stringify(parsed) !== JSON.stringify(again)) differs('formatted', world, world.formatted, again);
  cedar.preparsePolicySet('world', policies);
  cedar.preparseSchema('world', world.schema);
  for (const request of world.requests) {
    requests++;
    const { principal, action, resource, context } = request;
    const answer = cedar.statefulIsAuthorized({
      principal, action, resource, context, entities: world.entities, validateRequest: true,
      preparsedSchemaName: 'world', preparsedPolicySetId: 'world',
    });
    if (answer.type !== 'success') { differs('request', world, request, answer); continue; }
    const { decision, diagnostics } = answer.response;
    const failed = diagnostics.errors.map(error => error.policyId);
    if (decision !== request.decision || !same(diagnostics.reason, request.reasons) || !same(failed, request.errors)) {
      differs('decision', world, request, answer.response);
    }
    if (decision === 'allow') allowed++;
    errors += failed.length;
  }
}

for (const item of shown) console.log(JSON.stringify(item, null, 1));
console.log(`${worlds} worlds (${unreadable} that neither reads, ${invalid} policies that neither finds valid), `
  + `${requests} requests (${allowed} allowed, ${errors} errors): ${differ} differences from cedar-wasm`);
process.exit(differ === 0 ? 0 : 1);
