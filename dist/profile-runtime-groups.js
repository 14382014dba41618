import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  columnOf
} from "./profile-decode.js";

// src/profile/runtime-groups.ts
function isRuntime(name) {
  return symbolOf(name) !== void 0;
}
function runtimeGroup(name) {
  const symbol = symbolOf(name);
  if (symbol === void 0) return void 0;
  if (COLLECTION.some((pattern) => pattern.test(symbol))) return "collection";
  if (ALLOCATION.some((pattern) => pattern.test(symbol))) return "allocation";
  if (SCHEDULING.some((pattern) => pattern.test(symbol))) return "scheduling";
  return "other runtime";
}
function symbolOf(name) {
  if (name.startsWith("runtime.")) return name.slice("runtime.".length);
  if (name.startsWith("internal/runtime/")) return name.slice("internal/runtime/".length);
  if (name.startsWith("runtime/internal/")) return name.slice("runtime/internal/".length);
  const pushed = /^[^[(]*\.(runtime_\w+)$/.exec(name);
  if (pushed !== null) return pushed[1];
  if (/^_\.goready\.func[\d*]/.test(name)) return name.slice("_.".length);
  return ASSEMBLY.test(name) ? name : void 0;
}
var ASSEMBLY = /^(aeshashbody|memeqbody|cmpbody|gcWriteBarrier|gogo|gosave_systemstack_switch|setg_gcc|callRet|debugCall\d+|expandAVX512\w*|_rt0_\w+)(\.abi0)?$/;
var COLLECTION = [
  // Everything of the marker, its pacer, its write barrier and its assistance, which is paid while allocating.
  /^_GC$|^GC\b|^gc[A-Z]|^gc(enable|init|marknewobject)\b|^gc\/|^expandAVX512/,
  /^\(\*(gcWork|workbuf|gcControllerState|gcCPULimiterState|limiterEvent|piController|gcBits|gcBitsArena|lfstack|wbBuf|markBits|mSpanStateBox)\)/,
  /^\(\*(stackScanState|stackObject|stackObjectRecord|spanQueue|localSpanQueue|spanSPMC|spanInlineMarkBits|spanScanOwnership)\)/,
  /^(markroot|greyobject|shade$|wbBuf|wbMove|wbZero|bulkBarrier|typeBitsBulkBarrier|makeheapobjbv)/,
  /^scan(object|block|stack|frameworker|Conservative|Object|Span)/,
  /^(findObject|spanOf|markBits|heapBits\.|heapBitsForAddr|heapBitsSmallForAddr|typePointers|objptr|extractHeapBits|binarySearchTree|badPointer|pageIndexOf|arenaIndex|arenaBase|arenaIdx\.|spanHas)/,
  /^\(\*mspan\)\.(markBits|typePointersOf|inlineMarkBits|initInlineMarkBits|moveInlineMarks|scannedBits|objIndex|objBase|divideByElemSize|heapBits)/,
  /^(getempty|putempty|putfull|trygetfull|getfull|handoff$|prepareFreeWorkbufs|freeSomeWbufs|freeDeadSpanSPMCs|newSpanSPMC)\b/,
  /^(spanQueueSteal|spanSetScans|tryDeferToSpanScan|spanPtrMaskUnsafe|spanInlineMarkBitsFromBase|pollFractionalWorkerExit)/,
  /^(addAssistCredit|deductAssistCredit|clearpools|newMarkBits|newAllocBits|nextMarkBitArenaEpoch|isMarkedOrNotInHeap)/,
  /^(setGCPhase|setGCPercent|getGCMask|buildGCMask|runGCProg|startCheckmarks|endCheckmarks|flushallmcaches|flushmcache)/,
  /^(suspendG|resumeG|shrinkstack|isShrinkStackSafe|freeStackSpans|forcegchelper|goroutineLeakGC|findGoroutineLeaks)/,
  // Sweeping.
  /^\(\*(sweepLocked|sweepLocker|activeSweep|sweepClass)\)|^(sweepone|bgsweep|finishsweep_m|isSweepDone|deductSweepCredit|clobberfree)\b/,
  /^\(\*mheap\)\.(nextSpanForSweep|reclaim|freeSpan|freeManual|scavengeAll)|^\(\*mspan\)\.(ensureSwept|reportZombies|sweep)/,
  /^\(\*mcache\)\.(prepareForSweep|releaseAll)|^\(\*(mcentral)\)\.uncacheSpan|^mProf_(PostSweep|Free)|^freeSpecial/,
  // Giving memory back.
  /^(bgscavenge|scavenge|scavChunkData|fillAligned|wakeScavenger|readyForScavenger|heapRetained|sysUnused|sysNoHugePage|sysFree|madvise)|^\(\*pageAlloc\)\.(scavenge|free)/,
  /^\(\*(scavengerState|scavengeIndex|scavChunkData|scavChunkFlags|atomicScavChunkData)\)|^\(\*pallocData\)\.(find|has)ScavengeCandidate/,
  // What the collector runs for objects that died.
  /^(runfinq|runFinalizers|queuefinalizer|createfing|runCleanups|callCleanup)|^\(\*(cleanupQueue|cleanupBlock)\)/
];
var ALLOCATION = [
  /^malloc(gc|0|Stub|Panic)|^inlinedMalloc|^(newobject|newarray|maps_newobject|maps_newarray)\b|^reflect(lite)?_unsafe_New/,
  /^growslice|^reflect_growslice|^nextslicecap|^roundupsize|^makeslice|^makechan|^bytealg_MakeNoZero/,
  /^raw(string|byteslice|runeslice)|^convT|^(small|smallNoScan|smallScanNoHeader|tiny)Stub|^(freegc|reusableSize|postMallocgc)\b/,
  /^nextFree|^nextSample|^nextHeapRandBits|^fastexprand|^profilealloc|^mProf_Malloc|^(pre|post)MallocgcDebug|^publicationBarrier/,
  /^heapSetType|^heapBitsSetType|^writeHeapBits|^memclrNoHeapPointersChunked|^getMCache|^gclinkptr|^(alloc|free)mcache|^makeSpanClass/,
  /^persistentalloc|^inPersistentAlloc|^sys(Alloc|Map|Reserve|Used|HugePage)|^(recordspan|setSpans)\b/,
  /^\(\*(mcache|mcentral|mheap|fixalloc|linearAlloc|pageAlloc|pageCache|pallocBits|pallocData|pageBits|spanSet|spanSetBlockAlloc|mSpanList|mSpanQueue|userArena)\)/,
  /^\(\*mspan\)\.(nextFree|refillAllocCache|countAlloc|initHeapBits|allocBits|isFree|writeHeapBits|init|layout|base|userArena|writeUserArena)/,
  /^\(\*(atomicHeadTailIndex|atomicMSpanPointer|atomicSpanSetSpinePointer|headTailIndex|addrRanges|atomicOffAddr)\)|^(packPallocSum|pallocSum|mergeSummaries|chunkI|chunkBase|chunkPageIndex|levelIndexToOffAddr|addrsToSummary|blockAlignSummary|findBitRange64|offAddr|headTailIndex|makeHeadTailIndex)/,
  /^\(\*(consistentHeapStats|heapStatsDelta|sysMemStat)\)|^spanClass\./,
  /^(newUserArena|arena_|freeUserArena|allocUserArena)/
];
var SCHEDULING = [
  /^(schedule|findRunnable|findrunnable|mcall|gogo|execute|stealWork|pollWork|checkdead|sysmon|retake|schedtrace)\b/,
  /^(park_m|parkunlock_c|gopark|goparkunlock|goready|ready|readyWithTime|goroutineReady|dropg|casg|cas(from|to)|casG|readgstatus)/,
  /^(Gosched|gosched|goyield|gopreempt|preempt|asyncPreempt|wantAsyncPreempt|isAsyncSafePoint|canPreemptM|doSigPreempt|signalM|tgkill)/,
  /^(newproc|gfget|gfput|gfpurge|goexit0|goexit1|gdestroy|malg|allgadd|newm|mstart|allocm\b|mexit|mget|mput|mPark|mspinning|gcstopm)/,
  /^(startm|stopm|wakep|wakeNetPoll|handoffp|acquirep|releasep|wirep|startlockedm|stoplockedm|injectglist|resetspinning|procresize)/,
  /^(runq|globrunq|pidle|checkRunqs|checkIdleGC|acquireSudog|releaseSudog)|^\(\*(gQueue|gList|randomEnum|randomOrder)\)|^(gQueue|gList|pMask|randomEnum|randomOrder)\.|^gcd\b/,
  /^(entersyscall|exitsyscall|reentersyscall|entersyscallblock)|^save$|^\(\*m\)\.becomeSpinning|^\(\*?(guintptr|muintptr|puintptr)\)\.|^(guintptr|muintptr|puintptr)\.|^syscallingThread/,
  /^(stopTheWorld|startTheWorld|forEachP|forEachG|runSafePointFn|freezetheworld)/,
  // Waiting and waking: the kernel's and the runtime's own locks.
  /^(futex|note(sleep|wakeup|tsleep|clear)|sema(sleep|wakeup|create)\b|procyield|osyield|usleep|lock$|lock2|unlock$|unlock2|lockWithRank|unlockWithRank|mutex(Contended|PreferLow|SampleContention|WaitList))/,
  /^(key8|key32)$|^\(\*rwmutex\)|^\(\*mLockProfile\)|^\(\*lockTimer\)/,
  /^(semacquire|semrelease|semroot|cansemacquire|notifyList|(sync_|internal_sync_)?runtime_(Sem|notifyList|canSpin|doSpin)|(poll_)?runtime_(Sem|poll))|^\(\*(semaRoot|semTable)\)/,
  /^(netpoll|epoll)|^\(\*(pollDesc|pollCache)\)|^pollInfo|^syscall(\/linux)?\.(Epoll|Eventfd)/,
  // Timers.
  /^\(\*(timer|timers)\)|^(checkTimers|runtimer|runOneTimer|adjusttimers|addtimer|doaddtimer|deltimer|dodeltimer|modtimer|resettimer)/,
  /^(cleantimers|clearDeletedTimers|moveTimers|siftupTimer|siftdownTimer|updateTimer|nobarrierWakeTime|timeSleep|resetForSleep|timerWhen)/,
  /^(newTimer|stopTimer|resetTimer|blockTimerChan|unblockTimerChan|startTimer|modTimer|addAdjustedTimers|verifyTimerHeap)/
];

// src/profile/names.ts
function packageOf(name) {
  const generated = GENERATED.exec(name);
  const bare = generated === null ? name : name.slice(generated[0].length).replace(/^[*\][\d]*/, "");
  return unescapePath(bare.slice(0, Math.max(0, packageEnd(bare))));
}
function gateKey(name) {
  const bare = collapseTypeArguments(name.replace(/(\.abi0|\.abiinternal|-fm)+$/, ""));
  const generated = GENERATED.exec(bare);
  if (generated !== null) {
    const type = bare.slice(generated[0].length).replace("runtime/internal/", "internal/runtime/");
    return `type:.${generated[1]}.${type.replace(/\.\d+$/, ".*")}`;
  }
  const end = packageEnd(bare);
  if (end < 0) return bare;
  const path = unescapePath(bare.slice(0, end)).replace(/^runtime\/internal\//, "internal/runtime/");
  return `${path}.${withoutOrdinals(bare.slice(end + 1))}`;
}
function ownerOf(name, isDeclared, source) {
  const closure = closureOf(name);
  if (typeof closure === "string") return closure;
  const { path, parts } = closure;
  for (let from = 0; isDeclared !== void 0 && from < parts.length; from++) {
    const symbol = parts.slice(from).join(".");
    const candidates = from === 0 || source === void 0 ? [path] : [path, source];
    const owner = candidates.map((one) => `${one}.${symbol}`).find(isDeclared);
    if (owner !== void 0) return owner;
  }
  return hostIn(closure, isDeclared);
}
var packageOfFile = (file) => file.replace(/@[^/]*/, "").replace(/\/?[^/]*$/, "");
function hostOf(name, isDeclared) {
  const closure = closureOf(name);
  return typeof closure === "string" ? closure : hostIn(closure, isDeclared);
}
function closureOf(name) {
  const key = gateKey(name);
  if (GENERATED.test(key)) return key;
  const initializer = /(\.map)?\.init\.\*$/.exec(key);
  if (initializer !== null) return `${key.slice(0, initializer.index)}.init`;
  const mark = /(\.func|\.gowrap|\.deferwrap|-range)\*$/.exec(key);
  if (mark === null) return key;
  const host = key.slice(0, mark.index);
  const end = packageEnd(host);
  return end < 0 ? host : { path: host.slice(0, end), parts: elements(host.slice(end + 1)) };
}
function hostIn({ path, parts }, isDeclared) {
  for (let count2 = parts.length; isDeclared !== void 0 && count2 > 0; count2--) {
    const candidate = `${path}.${parts.slice(0, count2).join(".")}`;
    if (isDeclared(candidate)) return candidate;
  }
  const count = parts[0].startsWith("(") ? 2 : 1;
  return `${path}.${parts.slice(0, count).join(".")}`;
}
function namelessIn(mappingFile) {
  const base = mappingFile.replace(/\/+$/, "").replace(/^.*\//, "");
  return mappingFile === "" ? "<unknown>" : `[${base}]`;
}
var GENERATED = /^type[.:]\.(hash|eq)\./;
var ORDINAL = /(\.func|\.gowrap|\.deferwrap|-range|·dwrap·)\d+|\.\d+(?=\.|$)/;
function withoutOrdinals(symbol) {
  const unified = symbol.replace(/^glob\.(?=\.)/, "init").replace(/^init\.\d+(?=\.func\d)/, "init");
  const first = ORDINAL.exec(unified);
  if (first === null || first.index === 0) return unified;
  const mark = first[1] === void 0 ? "." : first[1].startsWith("\xB7") ? ".gowrap" : first[1];
  return `${withoutEcho(unified.slice(0, first.index))}${mark}*`;
}
function withoutEcho(host) {
  const parts = elements(host);
  for (const size of [1, 2]) {
    const first = parts.slice(0, size).join(".");
    const plain = first.replace(/^\(\*(.*)\)/, "$1");
    for (; ; ) {
      const next = parts.slice(size, 2 * size).join(".");
      if (parts.length < 2 * size || next !== first && next !== plain) break;
      parts.splice(size, size);
    }
  }
  return parts.join(".");
}
function elements(symbol) {
  const parts = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < symbol.length; i++) {
    const c = symbol[i];
    if ("[({".includes(c)) depth++;
    else if ("])}".includes(c)) depth--;
    else if (c === "." && depth === 0) {
      parts.push(symbol.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(symbol.slice(start));
  return parts;
}
function packageEnd(name) {
  const stop = name.search(/[([{<\s]/);
  const path = stop < 0 ? name : name.slice(0, stop);
  const element = path.lastIndexOf("/") + 1;
  let end = path.indexOf(".", element);
  if (path.includes("%")) return end;
  for (; ; ) {
    const next = path.indexOf(".", end + 1);
    if (end < 0 || next < 0) return end;
    const between = path.slice(end + 1, next);
    const isIdentifier = between !== "go" && !/-(?!range[\d*]+$)/.test(between);
    if (isIdentifier && !(path.startsWith("gopkg.in/") && /^v\d+$/.test(between))) return end;
    end = next;
  }
}
function unescapePath(path) {
  if (!path.includes("%")) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
function collapseTypeArguments(name) {
  if (!name.includes("[")) return name;
  let out = "";
  let copied = 0;
  for (let i = 0; i < name.length; i++) {
    if (name[i] !== "[" || i === 0 || !/[\p{L}\p{N}_]/u.test(name[i - 1]) || name[i + 1] === "]") continue;
    const end = closingBracket(name, i);
    if (end < 0) break;
    out += `${name.slice(copied, i)}[...]`;
    copied = end + 1;
    i = end;
  }
  return out + name.slice(copied);
}
function closingBracket(name, open) {
  let depth = 0;
  for (let i = open; i < name.length; i++) {
    const c = name[i];
    if (c === '"') {
      for (i++; i < name.length && name[i] !== '"'; i++) if (name[i] === "\\") i++;
    } else if (c === "[") depth++;
    else if (c === "]" && --depth === 0) return i;
  }
  return -1;
}

// src/profile/table.ts
function tableOf(profile, options) {
  const column = columnOf(profile, options.type);
  const nodes = nodesOf(profile, options);
  const { count, starts, stacks, values, labels } = profile.samples;
  const isBase = profile.samples.labelSets.map(
    (set) => set.some((label) => label.key === "pprof::base" && "text" in label && label.text === "true")
  );
  const types = profile.sampleTypes.length;
  const flat = new Float64Array(nodes.names.length);
  const cum = new Float64Array(nodes.names.length);
  const seen = new Int32Array(nodes.names.length);
  let total = 0;
  let baseTotal = 0;
  let dropped = 0;
  for (let sample = 0; sample < count; sample++) {
    const value = values[sample * types + column];
    if (value === 0) continue;
    const from = starts[sample];
    const to = starts[sample + 1];
    if (nodes.anyRefused && isRefused(nodes, stacks, from, to)) {
      dropped += Math.abs(value);
      continue;
    }
    total += Math.abs(value);
    if (isBase[labels[sample]]) baseTotal += Math.abs(value);
    if (from === to) continue;
    const leaf = nodes.of[nodes.starts[stacks[from]]];
    flat[leaf] = flat[leaf] + value;
    for (let frame = from; frame < to; frame++) {
      const location = stacks[frame];
      const end = nodes.starts[location + 1];
      for (let i = nodes.starts[location]; i < end; i++) {
        const node = nodes.of[i];
        if (seen[node] === sample + 1) continue;
        seen[node] = sample + 1;
        cum[node] = cum[node] + value;
      }
    }
  }
  const rows = [];
  for (const [node, name] of nodes.names.entries()) {
    if (flat[node] === 0 && cum[node] === 0) continue;
    rows.push({ name, flat: flat[node], cum: cum[node], files: [...nodes.files[node]].sort() });
  }
  rows.sort(
    (a, b) => Math.abs(b.flat) - Math.abs(a.flat) || Math.abs(b.cum) - Math.abs(a.cum) || (a.name < b.name ? -1 : 1)
  );
  return { type: profile.sampleTypes[column], rows, total: baseTotal > 0 ? baseTotal : total, dropped };
}
function nodesOf(profile, { drop, key }) {
  const names = [];
  const files = [];
  const index = /* @__PURE__ */ new Map();
  const node = (recorded, file) => {
    const name = key === void 0 ? recorded : key(recorded);
    let found = index.get(name);
    if (found === void 0) {
      found = names.push(name) - 1;
      files.push(/* @__PURE__ */ new Set());
      index.set(name, found);
    }
    if (file !== "") files[found].add(file);
    return found;
  };
  const ofFunction = new Int32Array(profile.functions.length).fill(-1);
  const ofMapping = profile.mappings.map((mapping) => namelessIn(mapping.file));
  const refusedFunction = profile.functions.map((fn) => drop?.(fn.name) === true);
  const lines = profile.locations.reduce((sum, location) => sum + Math.max(1, location.lines.length), 0);
  const starts = new Int32Array(profile.locations.length + 1);
  const of = new Int32Array(lines);
  const refused = new Uint8Array(profile.locations.length);
  let at = 0;
  for (const [i, location] of profile.locations.entries()) {
    for (const { fn } of location.lines) {
      const { name, file } = profile.functions[fn];
      if (name === "") of[at++] = node(ofMapping[location.mapping] ?? namelessIn(""), "");
      else {
        if (ofFunction[fn] === -1) ofFunction[fn] = node(name, file);
        of[at++] = ofFunction[fn];
      }
      if (refusedFunction[fn]) refused[i] = 1;
    }
    if (location.lines.length === 0) of[at++] = node(ofMapping[location.mapping] ?? namelessIn(""), "");
    starts[i + 1] = at;
  }
  return { names, files, starts, of, refused, anyRefused: refusedFunction.includes(true) };
}
function isRefused(nodes, stacks, from, to) {
  for (let frame = from; frame < to; frame++) if (nodes.refused[stacks[frame]] === 1) return true;
  return false;
}

export {
  isRuntime,
  runtimeGroup,
  packageOf,
  gateKey,
  ownerOf,
  packageOfFile,
  hostOf,
  namelessIn,
  tableOf
};
