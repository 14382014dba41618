/** Names as Go 1.18 to 1.27 wrote them; where a version is given, that compiler made the name in a trial. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeProfile } from '../../src/profile/decode.ts';
import {
  gateKey,
  hostOf,
  isRuntime,
  namelessIn,
  ownerOf,
  packageOf,
  packageOfFile,
  type RuntimeGroup,
  runtimeGroup,
} from '../../src/profile/names.ts';
import { compilerProfile } from './real-go.ts';

describe('packageOf', () => {
  test.each([
    ['main.main', 'main'],
    ['main.(*T).P.func1.1', 'main'],
    ['net/http.(*conn).serve', 'net/http'],
    ['vendor/golang.org/x/net/http2/hpack.(*Decoder).Write', 'vendor/golang.org/x/net/http2/hpack'],
    ['github.com/a/b/v2.F', 'github.com/a/b/v2'],
    ['github.com/a/b.c.d/e.F', 'github.com/a/b.c.d/e'],
    // Type arguments hold slashes, dots, spaces, braces, quotes and brackets.
    ['slices.SortFunc[go.shape.[]*cmd/internal/dwarf.Var,go.shape.*uint8]', 'slices'],
    ['a/b.(*G[go.shape.map[string]struct { A []*c/d.T "json:\\"x]y\\"" }]).M', 'a/b'],
    // Dots of the last element are escaped in records, and no longer in keys.
    ['gopkg.in/yaml%2ev3.(*Decoder).Decode', 'gopkg.in/yaml.v3'],
    ['gopkg.in/yaml.v3.(*Decoder).Decode', 'gopkg.in/yaml.v3'],
    ['gopkg.in/yaml.v3.Unmarshal', 'gopkg.in/yaml.v3'],
    ['github.com/nats-io/nats%2ego.Connect', 'github.com/nats-io/nats.go'],
    ['github.com/nats-io/nats.go.(*Conn).Publish.func*', 'github.com/nats-io/nats.go'],
    ['example.com/x/caf%c3%a9.F', 'example.com/x/café'],
    ['example.com/odd%zz.F', 'example.com/odd%zz'],
    ['main.extra-range1.func2', 'main'],
    ['type:.eq.[2]net/http.Cookie', 'net/http'],
    ['type..hash.main.key.1', 'main'],
    ['type:.eq.[2]string', ''],
    ['cmpbody', ''],
    ['main._Cfunc_add', 'main'],
    ['_cgo_6cc2654a8ed3_C2func_add', ''],
    ['[libc.so.6]', ''],
    ['<unknown>', ''],
    ['receive_buf\t[virtio_net.ko]', ''],
    ['', ''],
  ])('%p is in %p', (name, path) => {
    expect(packageOf(name)).toBe(path);
  });
});

describe('gateKey', () => {
  test.each([
    // What has no ordinal keeps its name.
    ['main.main', 'main.main'],
    ['net/http.HandlerFunc.ServeHTTP', 'net/http.HandlerFunc.ServeHTTP'],
    ['main.func1', 'main.func1'],
    ['example.com/a.func1/b.F', 'example.com/a.func1/b.F'],
    ['example.com/a-range1.F', 'example.com/a-range1.F'],
    ['main.Error.Error', 'main.Error.Error'],
    ['memeqbody', 'memeqbody'],
    ['<unknown>', '<unknown>'],
    ['[libc.so.6]', '[libc.so.6]'],
    ['receive_buf\t[virtio_net]', 'receive_buf\t[virtio_net]'],
    ['operator[]', 'operator[]'],
    // Type arguments: 1.18 with an index, from 1.21 as shapes, in tracebacks as dots.
    ['main.Gen[go.shape.struct { X int }_0,go.shape.[]uint8_1]', 'main.Gen[...]'],
    ['main.Gen[go.shape.struct { X int },go.shape.[]uint8].func1', 'main.Gen[...].func*'],
    ['main.Gen[...].func1', 'main.Gen[...].func*'],
    ['main.(*G[go.shape.map[string]struct { A []*main.T; B []*main.T }]).M.func1.1', 'main.(*G[...]).M.func*'],
    ['main.G[go.shape.string].W', 'main.G[...].W'],
    ['a.F[go.shape.struct { X int "json:\\"a]b\\"" }].func1', 'a.F[...].func*'],
    ['a.F[go.shape.func(b/c.D) (e.F, error)]', 'a.F[...]'],
    ['a.Map[go.shape.int,go.shape.[4]b.T].Each[go.shape.int]', 'a.Map[...].Each[...]'],
    // Closures: nested as .1 (all versions) and as .func2 (nested after inlining).
    ['main.F.func1', 'main.F.func*'],
    ['main.F.func1.2', 'main.F.func*'],
    ['main.F.func3.func12', 'main.F.func*'],
    ['main.(*T).P.func1.1', 'main.(*T).P.func*'],
    ['main.F.func2.gowrap1', 'main.F.func*'],
    // Wrappers of go and defer statements (1.22), bodies of range-over-func (1.23), their kin before.
    ['main.defers.gowrap3', 'main.defers.gowrap*'],
    ['main.rec.deferwrap1', 'main.rec.deferwrap*'],
    ['main.extra-range1', 'main.extra-range*'],
    ['main.extra-range1.func2', 'main.extra-range*'],
    ['main.f·dwrap·1', 'main.f.gowrap*'],
    // Closures of functions that were inlined (1.21-1.26): cut at the first ordinal, the callees stay.
    ['main.host.wrap.func6', 'main.host.wrap.func*'],
    ['main.(*T).Host.(*T).Wrap.func4', 'main.(*T).Host.(*T).Wrap.func*'],
    ['main.host.GWrap[go.shape.int].func9', 'main.host.GWrap[...].func*'],
    ['main.extra.wrapRange.(*T).R-range5', 'main.extra.wrapRange.(*T).R-range*'],
    // … but inlined into the very function that they stand in, they only repeat its name (1.24, 1.26).
    ['main.host.host.func5.func10', 'main.host.func*'],
    ['main.extra.extra.func3.extra-range1-range4', 'main.extra.func*'],
    ['dwarfgen.(*varsAndDecls).Less.varsAndDecls.Less.func1', 'dwarfgen.(*varsAndDecls).Less.func*'],
    ['pkg.(*Instrument).Wrap.Instrument.Wrap.func1.2', 'pkg.(*Instrument).Wrap.func*'],
    ['main.T.M.T.M.func1', 'main.T.M.func*'],
    // Methods with type parameters of their own (1.27).
    ['main.(*T).M[go.shape.int].func1', 'main.(*T).M[...].func*'],
    ['main.(*G[go.shape.string]).Q[go.shape.int]-range1', 'main.(*G[...]).Q[...]-range*'],
    ['main.T.V[go.shape.[]uint8]', 'main.T.V[...]'],
    // Package initialisation: glob to 1.21, init since.
    ['main.glob..func1', 'main.init.func*'],
    ['main.init.func2', 'main.init.func*'],
    ['main.glob..func1.1', 'main.init.func*'],
    ['main.init.wrap.func3', 'main.init.wrap.func*'],
    ['main.init', 'main.init'],
    ['main.init.0', 'main.init.*'],
    ['main.init.1.func1', 'main.init.func*'],
    ['unicode.map.init.0', 'unicode.map.init.*'],
    // Spellings of the toolchain.
    ['main.(*T).P-fm', 'main.(*T).P'],
    ['main.(*G[int]).mm-fm', 'main.(*G[...]).mm'],
    ['runtime.goexit.abi0', 'runtime.goexit'],
    ['runtime/internal/atomic.(*Uint32).Load', 'internal/runtime/atomic.(*Uint32).Load'],
    ['runtime/internal/syscall.Syscall6.abi0', 'internal/runtime/syscall.Syscall6'],
    ['gopkg.in/yaml%2ev3.(*parser).parse.func1', 'gopkg.in/yaml.v3.(*parser).parse.func*'],
    ['type..eq.main.key.1', 'type:.eq.main.key.*'],
    ['type:.eq.main.key.2', 'type:.eq.main.key.*'],
    ['type..hash.[2]string', 'type:.hash.[2]string'],
    // By what is compared in place of the type (1.27).
    ['type:.eq.M20K4M16', 'type:.eq.M20K4M16'],
    ['type:.eq.[45SM11K5]', 'type:.eq.[45SM11K5]'],
    ['type:.eq.runtime/internal/atomic.Int64', 'type:.eq.internal/runtime/atomic.Int64'],
    [
      'type:.eq.[16]sync/atomic.Pointer[go.shape.struct { internal/sync.isEntry bool }]',
      'type:.eq.[16]sync/atomic.Pointer[...]',
    ],
  ])('%p → %p', (name, key) => {
    expect(gateKey(name)).toBe(key);
    expect(gateKey(key)).toBe(key);
  });

  test('inserting a closure does not move the others to another key', () => {
    const before = ['main.F.func1', 'main.F.func2', 'main.F.func2.1', 'main.F.func3'];
    const after = ['main.F.func2', 'main.F.func3', 'main.F.func3.1', 'main.F.func4'];
    expect(after.map(gateKey)).toEqual(before.map(gateKey));
  });

  test('a key is its own key, whatever the name', () => {
    const part = fc.constantFrom(
      ...'.·/[](){}*-_ "\t',
      'func1',
      '.func2',
      '-range3',
      'init',
      '.0',
      'go',
      'v3',
      'T',
      'main',
      'é',
      '...',
      'type:.eq.',
      '-fm',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const key = gateKey(parts.join(''));
        expect(gateKey(key)).toBe(key);
      }),
      { numRuns: 5_000 },
    );
  });

  test('whatever hangs on a function belongs to it', () => {
    const host = fc.constantFrom(
      'main.F',
      'main.(*T).M',
      'a.b/c-d/v2.F',
      'a/b%2ego.(*T).M',
      'main.F[go.shape.int]',
      'x/y.(*G[a/b.C]).M',
    );
    const suffix = fc.constantFrom(
      '.func1',
      '.func12.3',
      '-range1',
      '.gowrap2',
      '.deferwrap1',
      '.func1.func2',
      '.func2-range1',
      '.(*U).Callee.func4',
    );
    fc.assert(
      fc.property(host, suffix, (name, hanging) => {
        expect(ownerOf(name + hanging)).toBe(gateKey(name));
        expect(packageOf(name + hanging)).toBe(packageOf(name));
      }),
    );
  });

  test('the names of a real profile: each key stays in its package, brackets are closed, no ordinal is left', () => {
    const { functions } = decodeProfile(readFileSync(compilerProfile()), 'default.pgo');
    const closures = functions.filter(({ name }) => /\.func\d/.test(name));
    expect(closures.length).toBeGreaterThan(100);
    for (const { name } of functions) {
      const key = gateKey(name);
      expect(packageOf(key)).toBe(packageOf(name).replace(/^runtime\/internal\//, 'internal/runtime/'));
      expect(key).not.toMatch(/go\.shape|\.func\d|-range\d|wrap\d/);
      expect(ownerOf(name)).not.toMatch(/\*$/);
    }
  });
});

describe('ownerOf', () => {
  test.each([
    ['main.F', 'main.F'],
    ['main.(*T).M', 'main.(*T).M'],
    ['main.T.M', 'main.T.M'],
    ['main.F.func1.2', 'main.F'],
    ['main.F.func*', 'main.F'],
    ['main.(*T).M.func*', 'main.(*T).M'],
    ['main.(*T).M-fm', 'main.(*T).M'],
    ['main.(*G[go.shape.int]).M.func1', 'main.(*G[...]).M'],
    ['main.(*T).M[go.shape.int].func1', 'main.(*T).M[...]'],
    ['main.(*G[go.shape.string]).Q[go.shape.int]-range1', 'main.(*G[...]).Q[...]'],
    ['main.Gen[go.shape.int].func1', 'main.Gen[...]'],
    ['main.defers.gowrap3', 'main.defers'],
    ['main.rec.deferwrap1', 'main.rec'],
    ['main.extra-range1', 'main.extra'],
    ['main.host.(*T).Wrap.func7', 'main.host'],
    ['main.(*T).Host.wrap.func3', 'main.(*T).Host'],
    ['main.host.wrap.func6', 'main.host'],
    ['main.extra.extra.func3.extra-range1-range4', 'main.extra'],
    ['main.glob..func1.1', 'main.init'],
    ['main.init.0', 'main.init'],
    ['main.init.0.func1', 'main.init'],
    ['main.init.wrap.func3', 'main.init'],
    ['unicode.map.init.0', 'unicode.init'],
    ['gopkg.in/yaml%2ev3.init.0', 'gopkg.in/yaml.v3.init'],
    ['gopkg.in/yaml%2ev3.unmarshal.func1', 'gopkg.in/yaml.v3.unmarshal'],
    ['type:.eq.main.T', 'type:.eq.main.T'],
    ['cmpbody', 'cmpbody'],
  ])('%p belongs to %p', (name, owner) => {
    expect(ownerOf(name)).toBe(owner);
  });

  test('tells a method of a value type from an inlined function when the declared functions are known', () => {
    const declared = new Set([
      'main.T.VHost',
      'main.host',
      'main.wrap',
      'main.(*T).Host',
      'eclipse/paho.mqtt.golang.(*client).Connect',
    ]);
    const owner = (name: string) => ownerOf(name, (key) => declared.has(key));
    expect(owner('main.T.VHost.func1')).toBe('main.T.VHost');
    // In whose source it stands, not in whose machine code.
    expect(owner('main.T.VHost.wrap.func3')).toBe('main.wrap');
    expect(owner('main.init.wrap.func3')).toBe('main.wrap');
    expect(owner('main.(*T).Host-fm.(*T).Host.func3')).toBe('main.(*T).Host');
    expect(owner('main.host.other.func3')).toBe('main.host');
    expect(owner('main.T.VHost.(*T).Wrap.func4')).toBe('main.T.VHost');
    expect(owner('main.host.wrap.func6')).toBe('main.wrap');
    expect(owner('main.(*T).Host.wrap.func3')).toBe('main.wrap');
    expect(hostOf('main.(*T).Host.wrap.func3', (key) => declared.has(key))).toBe('main.(*T).Host');
    expect(owner('eclipse/paho%2emqtt%2egolang.(*client).Connect.func1')).toBe(
      'eclipse/paho.mqtt.golang.(*client).Connect',
    );
    expect(owner('other.F.func1')).toBe('other.F');
  });

  test('finds the package of what was inlined from another one by the file that it stands in', () => {
    const declared = new Set(['main.main', 'example.com/shop/api.Orders', 'example.com/shop/api.(*Server).Wrap']);
    const owner = (name: string, file: string) => ownerOf(name, (key) => declared.has(key), packageOfFile(file));
    expect(owner('main.main.Orders.func1', 'example.com/shop/api/orders.go')).toBe('example.com/shop/api.Orders');
    expect(owner('main.main.Orders.func1', 'example.com/shop@v1.2.0/api/orders.go')).toBe(
      'example.com/shop/api.Orders',
    );
    expect(owner('main.main.(*Server).Wrap.func2', 'example.com/shop/api/wrap.go')).toBe(
      'example.com/shop/api.(*Server).Wrap',
    );
    expect(owner('main.main.Orders.func1', 'example.com/other/orders.go')).toBe('main.main');
    expect(owner('main.main.func1', 'example.com/shop/cmd/shop/main.go')).toBe('main.main');
    expect(packageOfFile('main.go')).toBe('');
  });
});

describe('isRuntime and runtimeGroup', () => {
  const groups: [RuntimeGroup, string][] = [
    [
      'allocation',
      'mallocgc mallocgcSmallNoscan mallocgcSmallScanNoHeader mallocgcTiny mallocgcSmallNoScanSC4 newobject newarray growslice',
    ],
    [
      'allocation',
      'mallocgcTinySC2 mallocgcTinySlowPath mallocgcSmallScanSlowPath smallStub tinyStub postMallocgc (*mcache).nextFree mallocPanic',
    ],
    [
      'allocation',
      'makeslice makechan rawstringtmp nextFreeFast (*mcache).refill (*mcentral).cacheSpan (*mheap).alloc.func1 (*mspan).nextFreeIndex',
    ],
    [
      'allocation',
      'heapBitsSetType heapSetTypeNoHeader (*pageAlloc).alloc (*fixalloc).alloc persistentalloc publicationBarrier convTstring',
    ],
    [
      'collection',
      'gcBgMarkWorker gcBgMarkWorker.func2 gcAssistAlloc gcDrain gcDrainN gcMarkDone.forEachP.func5 markroot scanobject scanblock scanstack',
    ],
    [
      'collection',
      'greyobject findObject wbBufFlush wbBufFlush1 gcWriteBarrier2 bulkBarrierPreWrite (*gcWork).balance (*sweepLocked).sweep bgsweep',
    ],
    [
      'collection',
      'sweepone bgscavenge (*pageAlloc).scavengeOne sysUnused deductAssistCredit typePointers.next tryDeferToSpanScan scanObjectsSmall',
    ],
    [
      'collection',
      'spanOf (*lfstack).pop (*gcControllerState).endCycle (*gcControllerState).findRunnableGCWorker _GC gcmarknewobject GC shade',
    ],
    [
      'scheduling',
      'schedule findRunnable findrunnable mcall park_m gopark goready ready goschedImpl netpoll netpollblock futex futexsleep lock2 unlock2',
    ],
    [
      'scheduling',
      'procyield osyield usleep sysmon retake notesleep notewakeup stopm startm wakep runqget runqsteal stealWork execute checkTimers',
    ],
    [
      'scheduling',
      '(*timers).run (*timer).modify runtimer doaddtimer entersyscall exitsyscall reentersyscall casgstatus newproc1 goexit0 gcstopm',
    ],
    [
      'scheduling',
      'semacquire1 semrelease1 stopTheWorldWithSema asyncPreempt preemptone epollwait mstart1 (*semaRoot).dequeue lock unlock gogo',
    ],
    [
      'other runtime',
      'main memmove mapaccess1_fast64 mapassign_faststr memclrNoHeapPointers systemstack morestack newstack copystack goexit',
    ],
    [
      'other runtime',
      'chansend chanrecv selectgo concatstrings slicebytetostring deferreturn gopanic nanotime cgocall sigprof _System strhash',
    ],
  ];
  test.each(groups.flatMap(([group, names]) => names.split(' ').map((name) => [name, group] as const)))(
    'runtime.%s: %s',
    (name, group) => {
      expect(runtimeGroup(`runtime.${name}`)).toBe(group);
      expect(runtimeGroup(gateKey(`runtime.${name}`))).toBe(group);
      expect(isRuntime(`runtime.${name}`)).toBe(true);
    },
  );

  test.each<[string, RuntimeGroup]>([
    ['sync.runtime_SemacquireMutex', 'scheduling'],
    ['internal/sync.runtime_canSpin', 'scheduling'],
    ['internal/poll.runtime_pollWait', 'scheduling'],
    ['syscall.runtime_envs', 'other runtime'],
    ['runtime/internal/syscall.EpollWait', 'scheduling'],
    ['internal/runtime/syscall/linux.EpollWait', 'scheduling'],
    ['internal/runtime/syscall.Syscall6', 'other runtime'],
    ['internal/runtime/maps.(*Map).getWithKeySmall', 'other runtime'],
    ['internal/runtime/gc/scan.ScanSpanPackedAVX512', 'collection'],
    ['expandAVX512_8', 'collection'],
    ['internal/runtime/gc/scan.expandAVX512_8', 'collection'],
    ['internal/runtime/maps.aeshashbody', 'other runtime'],
    ['gcWriteBarrier', 'collection'],
    ['aeshashbody', 'other runtime'],
    ['memeqbody', 'other runtime'],
    ['gogo', 'scheduling'],
    ['_.goready.func1', 'scheduling'],
    ['_.goready.func*', 'scheduling'],
  ])('%s: %s', (name, group) => {
    expect(runtimeGroup(name)).toBe(group);
  });

  test.each([
    'main.main',
    'runtime/pprof.StartCPUProfile',
    'runtime/debug.FreeOSMemory',
    'runtime/metrics.Read',
    'example.com/runtime.mallocgc',
    'myruntime.schedule',
    'main.gogo',
    '_.ready.func1',
    'internal/poll.(*FD).Read',
    'sync.(*Mutex).Lock',
    'indexbytebody',
    '[libc.so.6]',
    '<unknown>',
    'main.F[go.shape.struct { a.runtime_x int }]',
  ])('%s is not the runtime', (name) => {
    expect(isRuntime(name)).toBe(false);
    expect(runtimeGroup(name)).toBeUndefined();
  });
});

test.each([
  ['/usr/lib/libc.so.6', '[libc.so.6]'],
  ['[vdso]', '[[vdso]]'],
  ['app', '[app]'],
  ['', '<unknown>'],
])('an address in %p without a function is %p', (file, name) => {
  expect(namelessIn(file)).toBe(name);
});
