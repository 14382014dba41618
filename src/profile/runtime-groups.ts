/**
 * Which functions are Go's runtime, and what they work for: allocation, collection or scheduling. Single functions of the
 * runtime change names with every release and share work at random, so a gate judges the groups. The lists
 * cover the runtime sources of Go 1.18 to 1.27; a name that is in none of them is 'other runtime', never an error.
 */

export type RuntimeGroup = 'allocation' | 'collection' | 'scheduling' | 'other runtime';

/** True for functions of the runtime itself, not for packages below it that people call (`runtime/pprof`, `runtime/debug`). */
export function isRuntime(name: string): boolean {
  return symbolOf(name) !== undefined;
}

/** What a function of the runtime works for; undefined for every other function. Accepts names and gate keys. */
export function runtimeGroup(name: string): RuntimeGroup | undefined {
  const symbol = symbolOf(name);
  if (symbol === undefined) return undefined;
  // Collection first: it has the narrower patterns where the allocator's types do both.
  if (COLLECTION.some((pattern) => pattern.test(symbol))) return 'collection';
  if (ALLOCATION.some((pattern) => pattern.test(symbol))) return 'allocation';
  if (SCHEDULING.some((pattern) => pattern.test(symbol))) return 'scheduling';
  return 'other runtime';
}

/** The name within the runtime (`(*mcache).refill`), or undefined outside it. */
function symbolOf(name: string): string | undefined {
  if (name.startsWith('runtime.')) return name.slice('runtime.'.length);
  // `internal/runtime/gc/scan.expandAVX512`: the package decides with the function.
  if (name.startsWith('internal/runtime/')) return name.slice('internal/runtime/'.length);
  if (name.startsWith('runtime/internal/')) return name.slice('runtime/internal/'.length);
  // Pushed out by linkname: `sync.runtime_Semacquire`, `internal/poll.runtime_pollWait`.
  const pushed = /^[^[(]*\.(runtime_\w+)$/.exec(name);
  if (pushed !== null) return pushed[1];
  // Go 1.27 leaves the package out of a closure's name where its function is inlined and has a linkname.
  if (/^_\.goready\.func[\d*]/.test(name)) return name.slice('_.'.length);
  return ASSEMBLY.test(name) ? name : undefined;
}

/** Bodies in assembly that carry no package. */
const ASSEMBLY =
  /^(aeshashbody|memeqbody|cmpbody|gcWriteBarrier|gogo|gosave_systemstack_switch|setg_gcc|callRet|debugCall\d+|expandAVX512\w*|_rt0_\w+)(\.abi0)?$/;

const COLLECTION = [
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
  /^(runfinq|runFinalizers|queuefinalizer|createfing|runCleanups|callCleanup)|^\(\*(cleanupQueue|cleanupBlock)\)/,
];

const ALLOCATION = [
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
  /^(newUserArena|arena_|freeUserArena|allocUserArena)/,
];

const SCHEDULING = [
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
  /^(newTimer|stopTimer|resetTimer|blockTimerChan|unblockTimerChan|startTimer|modTimer|addAdjustedTimers|verifyTimerHeap)/,
];
