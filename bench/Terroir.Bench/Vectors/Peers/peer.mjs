// The peers of 'Terroir.Bench peers' that npm has: one thread where the engine lets us say so, the processor time of
// the process, medians of five.
// usage: node peer.mjs ENGINE FOLDER COUNT QUERIES DIMENSIONS FILTERS; prints a JSON object a line.
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [engine, folder, ...sizes] = process.argv.slice(2);
const [count, queryCount, dimensions, filterCount] = sizes.map(Number);
const require = createRequire(import.meta.url);
const resultCount = 10, repetitions = 5, askedCount = 20;

const read = (name, type) => {
  const bytes = readFileSync(join(folder, name));
  return new type(bytes.buffer, bytes.byteOffset, bytes.byteLength / type.BYTES_PER_ELEMENT);
};
const base = read('base.f32', Float32Array);
const queries = read('query.f32', Float32Array);
const filters = Array.from({ length: filterCount }, (_, at) => readFileSync(join(folder, `filter${at}.bits`)));
const query = at => queries.subarray(at * dimensions, (at + 1) * dimensions);
const cpuSeconds = () => Object.values(process.cpuUsage()).reduce((sum, micros) => sum + micros / 1e6, 0);

async function measure(filter, setting, asked, built, search) {
  const rows = [];
  for (let at = 0; at < asked; at++) rows.push(await search(query(at)));
  const seconds = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const before = cpuSeconds();
    for (let at = 0; at < asked; at++) await search(query(at));
    seconds.push(cpuSeconds() - before);
  }
  seconds.sort((a, b) => a - b);
  const qps = asked / seconds[repetitions >> 1];
  console.log(JSON.stringify({ filter, setting, qps, ...built, rows }));
}

// A graph; its JavaScript has no filter.
async function usearch() {
  const { Index } = require('usearch');
  const options = { metric: 'ip', connectivity: 16, dimensions, quantization: 'f32', expansion_add: 128 };
  const index = new Index({ ...options, expansion_search: 16 });
  const before = cpuSeconds();
  for (let row = 0; row < count; row++) {
    index.add(BigInt(row), base.subarray(row * dimensions, (row + 1) * dimensions), 1);
  }
  const build = cpuSeconds() - before;
  const file = join(folder, 'usearch.bin');
  index.save(file);
  const bytes = statSync(file).size / count;
  for (const expansion of [16, 32, 64, 128, 256]) {
    const same = new Index({ ...options, expansion_search: expansion });
    same.load(file);
    await measure(0, `expansion ${expansion}`, queryCount, { build, bytes },
      vector => Array.from(same.search(vector, resultCount, 1).keys, Number));
  }
}

// Lists with product codes, rescored; the filter is a column of booleans and is applied before.
async function lancedb() {
  const { connect, Index } = require('@lancedb/lancedb');
  const arrow = require('apache-arrow');
  const list = new arrow.FixedSizeList(dimensions, new arrow.Field('item', new arrow.Float32(), false));
  const columns = {
    id: arrow.makeVector(Int32Array.from({ length: count }, (_, row) => row)),
    vector: arrow.makeVector(arrow.makeData({
      type: list,
      length: count,
      child: arrow.makeData({ type: new arrow.Float32(), length: base.length, data: base }),
    })),
  };
  for (const [at, bits] of filters.entries()) {
    if (bits.length > 0) {
      columns[`f${at}`] = arrow.makeVector(arrow.makeData({ type: new arrow.Bool(), length: count, data: bits }));
    }
  }
  const store = await connect(join(folder, 'lance'));
  const before = cpuSeconds();
  const table = await store.createTable('vectors', new arrow.Table(columns));
  const lists = Math.round(Math.sqrt(count));
  await table.createIndex('vector', {
    config: Index.ivfPq({ numPartitions: lists, numSubVectors: dimensions / 4, distanceType: 'dot' }),
  });
  const build = cpuSeconds() - before;
  for (const [at, bits] of filters.entries()) {
    for (const [probes, refine] of [[10, 5], [40, 10], [lists, 20]]) {
      const setting = `probes ${probes}, refined ${refine} times`;
      await measure(at, setting, Math.min(queryCount, askedCount), { build }, async vector => {
        const search = table.query().nearestTo(vector).distanceType('dot').nprobes(probes).refineFactor(refine);
        const found = bits.length > 0 ? search.where(`f${at}`) : search;
        return (await found.select(['id', '_distance']).limit(resultCount).toArray()).map(row => row.id);
      });
    }
  }
}

await { usearch, lancedb }[engine]();
