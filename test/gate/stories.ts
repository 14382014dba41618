/**
 * What a commit did to the example service, and what the gate has to say of it. Each story runs as a test, once, and as a
 * bench, often (bench/truth.ts).
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Cause, Effect, Report } from '../../src/compare/report.ts';
import { readSide } from '../../src/measure/side-directory.ts';
import { isRuntime } from '../../src/profile/names.ts';
import { tableOf } from '../../src/profile/table.ts';
import type { Repository } from '../support/repository.ts';
import type { Run, Story } from './play.ts';

interface Settings {
  readonly instruments?: string;
  readonly limits?: string;
  /** More lines for `service`. */
  readonly service?: string;
}

/** A small scenario: one request of each kind. */
const configured = ({ instruments = 'instructions', limits = '{}', service = '' }: Settings = {}) => `
service:
  package: ./cmd/orders
  inject: { main.version: "{version}", main.gitCommitSHA: "{commit}", main.buildTime: "{buildTime}" }
  args: ["-listen", "127.0.0.1:{port}"]
  ready: GET /healthz
${service}
load:
  warmup: 200
  count: 240
  requests:
    - GET /orders?limit=40
    - GET /orders/ord-00000064
    - GET /orders/ord-00000064/invoice
    - method: POST
      path: /orders
      body: { customer: Grace Hopper, region: DE, items: [{ sku: tea-sencha-0045, quantity: 12 }] }
instruments: [${instruments}]
limits: ${limits}
`;

export const stories: readonly Story[] = [
  {
    name: 'an empty commit',
    config: configured(),
    head: () => undefined,
    holds: isSameCode,
  },
  {
    name: 'a comment that shifts all lines',
    config: configured(),
    head: (repository) => {
      for (const path of ['internal/digest/digest.go', 'internal/api/list.go', 'cmd/orders/main.go'])
        repository.write(
          path,
          repository.read(path).replace(/^package .*$/m, '// Nothing.\n//\n\n$&\n\n// Nothing more.\n'),
        );
    },
    holds: isSameCode,
  },
  {
    name: 'other machine code, the same work',
    config: configured({ instruments: 'instructions, allocs' }),
    head: (repository) => {
      repository.edit('cmd/orders/main.go', 'log.Info("starting"', 'log.Info("Starting"');
      repository.edit('cmd/orders/main.go', 'version      = "dev"', 'version      = "own"');
      repository.write(
        'internal/digest/spare.go',
        'package digest\n\n// Spare is for later.\nfunc Spare(sums []Sum) (all []string) {\n\tfor _, sum := range sums {\n\t\tall = append(all, sum.ETag())\n\t}\n\treturn all\n}\n\nvar Kept = Spare\n',
      );
      moveFunction(repository, 'internal/digest/digest.go', 'func Combine', 'internal/digest/combine.go', 'digest');
      moveFunction(repository, 'internal/store/store.go', 'func slot', 'internal/store/a.go', 'store');
    },
    holds: (run) => {
      passes(run);
      isNeutral(run);
      assert.deepEqual(run.report.causes, []);
    },
  },
  {
    name: 'another order of the functions in memory',
    config: configured({
      service: `  build: { command: 'go build -o {output} -ldflags {ldflags}" -randlayout=$(cat seed.md)" ./cmd/orders' }`,
    }),
    base: (repository) => repository.write('seed.md', '1'),
    head: (repository) => repository.write('seed.md', '2'),
    holds: (run) => {
      passes(run);
      isNeutral(run);
      assert.deepEqual(run.report.causes, []);
    },
  },
  {
    name: 'a loop that runs 1 % longer, by a constant of another package',
    config: configured({ limits: '{ instructions: { function: +0.5% } }' }),
    base: tunedDigest,
    head: (repository) => repository.edit('internal/tuning/tuning.go', 'Rounds = 200', 'Rounds = 202'),
    holds: (run) => {
      fails(run);
      const [cause, ...others] = run.report.causes;
      assert.deepEqual(others, []);
      isAt(
        run,
        cause,
        'example.com/shop/internal/digest.Items',
        'internal/digest/digest.go',
        'mix(sum, Sum(item.Quantity))',
      );
      assert.equal(cause?.changedBy, 'uses example.com/shop/internal/tuning.Rounds');
      assert.deepEqual(cause?.explanation, { kind: 'line', base: 200 * ITEMS, head: 202 * ITEMS });
      const effect = effectOf(cause, 'instructions');
      isNear(effect.netRise, effect.head - effect.base, 1e-9);
      isNear(effect.relative, 0.01, 0.0005);
    },
  },
  {
    name: 'a total that rises by 1 %',
    config: configured({ limits: '{ instructions: { total: +0.5%, function: off } }' }),
    base: tunedDigest,
    head: (repository) => repository.edit('internal/tuning/tuning.go', 'Rounds = 200', 'Rounds = 209'),
    holds: async (run) => {
      fails(run);
      const [total] = run.report.totals;
      isNear(total?.change ?? 0, 0.01, 0.004);
      assert.deepEqual(
        run.report.causes.map(({ function: name }) => name),
        ['example.com/shop/internal/digest.Items'],
      );
      const again = await run.judgedAgain(configured({ limits: '{ instructions: { total: +2%, function: off } }' }));
      assert.deepEqual([again.code, again.report.verdict], [0, 'pass']);
    },
  },
  {
    name: 'one more object a request',
    config: configured({ instruments: 'allocs' }),
    head: (repository) =>
      repository.edit('internal/api/json.go', '_, _ = w.Write(body)', '_, _ = w.Write(append([]byte(nil), body...))'),
    holds: (run) => {
      fails(run);
      const [cause, ...others] = run.report.causes;
      assert.deepEqual(others, []);
      isAt(run, cause, 'example.com/shop/internal/api.send', 'internal/api/json.go', 'append([]byte(nil), body...)');
      isNear(effectOf(cause, 'objects').netRise, 1, 0.05);
    },
  },
  {
    name: 'functions renamed, moved to another package, split and merged',
    config: configured({ instruments: 'instructions, allocs' }),
    head: refactored,
    holds: (run) => {
      passes(run);
      isNeutral(run);
      assert.deepEqual(run.report.causes, []);
    },
  },
  {
    name: 'work that moves from one function to another',
    config: configured({ limits: '{ instructions: { function: +1% } }' }),
    base: twoWorkers,
    head: (repository) => {
      repository.edit('internal/api/work.go', 'turns = 300 // first', 'turns = 100 // first');
      repository.edit('internal/api/work.go', 'turns = 100 // second', 'turns = 300 // second');
    },
    holds: (run) => {
      passes(run);
      isNeutral(run);
      assert.deepEqual(run.report.causes, []);
      assert.deepEqual(movedIn(run.report), ['example.com/shop/internal/api.secondWork']);
    },
  },
  {
    name: 'a dearer part of a cheaper whole',
    config: configured(),
    head: (repository) => {
      repository.edit('internal/digest/digest.go', 'const Rounds = 8', 'const Rounds = 5');
      repository.edit(
        'internal/api/list.go',
        'line = append(line, item.Name...)',
        'for j := 0; j < len(item.Name); j++ {\n\t\t\tline = append(line, item.Name[j])\n\t\t}',
      );
    },
    holds: (run) => {
      passes(run);
      assert.deepEqual(run.report.causes, []);
      assert.deepEqual(movedIn(run.report), ['example.com/shop/internal/api.appendDescription']);
    },
  },
  {
    name: 'an inlined function, a generic one, a method value and a closure that got dearer',
    config: configured({
      limits: '{ instructions: { total: off }, functions: [{ match: "*.handle.*", instructions: +0.2% }] }',
    }),
    head: (repository) => {
      repository.edit('internal/digest/digest.go', '(sum^word)*prime), 29))', '(sum^word)*prime), 29)) * prime');
      repository.edit(
        'internal/api/list.go',
        'converted[i] = result',
        'converted[i] = result\n\t\tfor j := 0; j < i; j++ {\n\t\t\tconverted[j], converted[i] = converted[i], converted[j]\n\t\t\tconverted[j], converted[i] = converted[i], converted[j]\n\t\t}',
      );
      repository.edit(
        'internal/api/list.go',
        'sum := digest.Items(o.Items)',
        'sum := digest.Items(o.Items)\n\tfor j := range sum % 16 + 200 {\n\t\tsum ^= j\n\t}',
      );
      repository.edit(
        'internal/api/errors.go',
        'err := serve(w, r)',
        'for name, value := range r.Header {\n\t\t\tw.Header()["X-"+name] = value\n\t\t}\n\t\terr := serve(w, r)',
      );
    },
    holds: (run) => {
      fails(run);
      const named = new Map(run.report.causes.map((cause) => [cause.function, cause]));
      const at = (name: string, path: string, text: string) => isAt(run, named.get(name), name, path, text);
      at('example.com/shop/internal/digest.mix', 'internal/digest/digest.go', '29)) * prime');
      at('example.com/shop/internal/api.convert[...]', 'internal/api/list.go', 'converted[j], converted[i] =');
      at('example.com/shop/internal/api.(*summarizer).summarize', 'internal/api/list.go', 'range sum % 16 + 200');
      // It is inlined into New several times; up to Go 1.26 under the name of New, and each time with another number.
      const handle = [...named.keys()].find((name) => /\/api\.(New\.)?\(\*server\)\.handle\.func[*1]$/.test(name));
      at(handle ?? 'the closure of handle', 'internal/api/errors.go', '"X-"+name');
    },
  },
];

/** The items of a request: 104 in the list, 4 in the order, which is asked for twice, and 1 in the new one. */
const ITEMS = (104 + 2 * 4 + 1) / 4;

/** A digest that only loops over items, as often as another package says. */
function tunedDigest(repository: Repository): void {
  const path = 'internal/digest/digest.go';
  repository.write('internal/tuning/tuning.go', 'package tuning\n\n// Rounds of the digest.\nconst Rounds = 200\n');
  const text = repository
    .read(path)
    .replace(/^const Rounds = 8$/m, 'const Rounds = tuning.Rounds')
    .replace(/\t\t\tfor j := 0.*?\n\t\t\t}\n\t\t\tfor j := 0.*?\n\t\t\t}\n/s, '')
    .replace('"example.com/shop/internal/order"', '$&\n\t"example.com/shop/internal/tuning"');
  repository.write(path, text);
}

function twoWorkers(repository: Repository): void {
  const worker = (name: string, turns: number, which: string, sign: string) =>
    `//go:noinline\nfunc ${name}(seed uint64) uint64 {\n\tconst turns = ${turns} // ${which}\n\tfor i := uint64(0); i < turns; i++ {\n\t\tseed = (seed ${sign} i) * 2654435769\n\t}\n\treturn seed\n}\n`;
  repository.write(
    'internal/api/work.go',
    `package api\n\n${worker('firstWork', 300, 'first', '+')}\n${worker('secondWork', 100, 'second', '^')}`,
  );
  repository.edit(
    'internal/api/list.go',
    'sum := digest.Items(o.Items)',
    'sum := digest.Items(o.Items)\n\tsum ^= digest.Sum(firstWork(1) & secondWork(2) & 1)',
  );
}

function refactored(repository: Repository): void {
  // Renamed.
  const list = repository.read('internal/api/list.go');
  repository.write('internal/api/list.go', list.replaceAll('appendDescription', 'describe'));
  // To another package: pricing is now price.
  repository.git('mv', 'internal/pricing', 'internal/price');
  for (const path of repository
    .git('grep', '-l', 'pricing')
    .split('\n')
    .filter((name) => name.endsWith('.go')))
    repository.write(
      path,
      repository
        .read(path)
        .replaceAll('internal/pricing', 'internal/price')
        .replaceAll(/\bpricing([.])/g, 'price$1')
        .replaceAll(/^package pricing/gm, 'package price'),
    );
  // Split.
  repository.edit(
    'internal/api/body.go',
    '\titems := make([]itemRow, len(o.Items))\n\tfor i := range o.Items {',
    '\tsum := digest.Items(o.Items)\n\treturn bodyOf(o, totals, sum), sum, nil\n}\n\nfunc bodyOf(o *order.Order, totals price.Totals, sum digest.Sum) orderBody {\n\titems := make([]itemRow, len(o.Items))\n\tfor i := range o.Items {',
  );
  repository.edit('internal/api/body.go', '\tsum := digest.Items(o.Items)\n\treturn orderBody{', '\treturn orderBody{');
  repository.edit('internal/api/body.go', '\t}, sum, nil\n', '\t}\n');
  // Merged.
  repository.edit(
    'internal/store/store.go',
    'product, err := s.product(wanted.SKU)\n\t\tif err != nil {\n\t\t\treturn nil, err\n\t\t}',
    'at, found := slices.BinarySearchFunc(s.products, wanted.SKU, func(p order.Product, sku string) int {\n\t\t\treturn strings.Compare(p.SKU, sku)\n\t\t})\n\t\tif !found {\n\t\t\treturn nil, fmt.Errorf("%w: %q", ErrUnknownSKU, wanted.SKU)\n\t\t}\n\t\tproduct := &s.products[at]',
  );
  repository.write(
    'internal/store/store.go',
    repository.read('internal/store/store.go').replace(/\nfunc \(s \*Store\) product\(.*?\n}\n/s, ''),
  );
}

function moveFunction(repository: Repository, from: string, start: string, to: string, packageName: string): void {
  const text = repository.read(from);
  const [declaration = ''] = new RegExp(`\\n(// [^\\n]*\\n)*${start}\\(.*?\\n}\\n`, 's').exec(text) ?? [];
  assert.notEqual(declaration, '', `${from} has no ${start}`);
  repository.write(from, text.replace(declaration, ''));
  const imports = declaration.includes('order.') ? '\nimport "example.com/shop/internal/order"\n' : '';
  repository.write(to, `package ${packageName}\n${imports}${declaration}`);
}

function isSameCode({ code, report }: Run): void {
  assert.deepEqual([code, report.verdict, report.isSameCode], [0, 'pass', true]);
  assert.notEqual(report.base.version, report.head.version);
}

/** The commit does nothing that can be seen in the counts. */
function isNeutral({ report, output }: Run): void {
  const [before, after] = [userInstructions(join(output, 'base')), userInstructions(join(output, 'head'))];
  isNear(after / before, 1, 0.001);
  for (const { name, change } of report.totals) if (name !== 'collection') isNear(change ?? 0, 0, 0.005, name);
}

/** Instructions of a request outside the Go runtime. */
export function userInstructions(side: string): number {
  const { instructions, manifest } = readSide(side);
  const { requests, replicates } = manifest.instruments.instructions!;
  const { rows } = tableOf(instructions!.merged, { type: 'instructions' });
  const sum = rows.reduce((total, { name, flat }) => (isRuntime(name) ? total : total + flat), 0);
  return sum / requests / replicates.length;
}

function passes({ code, report }: Run): void {
  assert.deepEqual([code, report.verdict, report.isSameCode], [0, 'pass', false], told(report));
}

function fails({ code, report }: Run): void {
  assert.deepEqual([code, report.verdict], [1, 'fail'], told(report));
}

function isAt({ repository }: Run, cause: Cause | undefined, name: string, path: string, text: string): void {
  const line =
    repository
      .read(path)
      .split('\n')
      .findIndex((content) => content.includes(text)) + 1;
  assert.deepEqual([cause?.function, cause?.file, cause?.line], [name, path, line]);
}

function effectOf(cause: Cause | undefined, metric: Effect['metric']): Effect {
  const effect = cause?.effects.find((candidate) => candidate.metric === metric);
  assert.ok(effect, `no effect on ${metric}`);
  return effect;
}

const movedIn = ({ moved }: Report) => moved.map(({ function: name }) => name);

function isNear(value: number, expected: number, tolerance: number, what = 'value'): void {
  assert.ok(Math.abs(value - expected) <= tolerance, `${what} ${value} is not ${expected} within ${tolerance}`);
}

const told = ({ totals, causes, noisy }: Report) => JSON.stringify({ totals, causes, noisy }, undefined, 1);
