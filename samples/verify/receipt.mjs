// Verifies the signature of a receipt with sigstore-js, without any code of Terroir:
//
//   npm install @sigstore/verify@3 @sigstore/bundle@4
//   node receipt.mjs KEY BUNDLE...      KEY: the site's public key in hexadecimal digits
//
// Prints a line for each bundle; ends with 1 if one is not signed by the key. Whether a receipt was logged, sigstore-js
// cannot tell, as it knows the logs of Sigstore only: receipt.go does.
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { bundleFromJSON } from '@sigstore/bundle';
import { Verifier, toSignedEntity } from '@sigstore/verify';

const [key, ...files] = process.argv.slice(2);
// The header that makes 32 bytes of Ed25519 a key in DER (RFC 8410).
const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(key, 'hex')]);
const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' });
const trust = {
  certificateAuthorities: [],
  timestampAuthorities: [],
  tlogs: [],
  ctlogs: [],
  publicKey: () => ({ publicKey, validFor: () => true }),
};
const verifier = new Verifier(trust, { ctlogThreshold: 0, tlogThreshold: 0, tsaThreshold: 0, timestampThreshold: 0 });
for (const file of files) {
  try {
    verifier.verify(toSignedEntity(bundleFromJSON(JSON.parse(readFileSync(file, 'utf8')))));
    console.log(`${file}: signed`);
  } catch (error) {
    console.log(`${file}: ${error.code ?? error.message}`);
    process.exitCode = 1;
  }
}
