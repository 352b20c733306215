// A port of the protocol, as a client of the port kit: it follows docs/protocol.md and docs/reference/port-kit.md,
// and shares no code with the Java library. A thread is a generator that yields each access to what
// processes share, and gets its result; whoever drives it decides who goes on, and performs the access: the kit,
// when it steps the port, or files.js, on real files. The protocol is the same for both.
'use strict';

const READ = 1n, WRITE = 1n << 30n, CLOSING = 1n << 60n, CLOSED = 1n << 61n, FIELD = (1n << 30n) - 1n;
const FIRST_BACKOFF = 50e3, LAST_BACKOFF = 100e6, FIRST_POLL = 20e3, LAST_POLL = 2e6, DRAIN_POLL = 10e6;
const ADMITS = {none: 'READ WRITE LOOKUP', 'read-only': 'READ LOOKUP', delete: ''}; // any other mode: LOOKUP
const CLEARING = ['offline', 'delete', 'unmount'];
const KEYS = ['backend', 'backing-device', 'comment', 'gc-on-unmount', 'gc-schedule', 'keep-daily', 'keep-hourly', 'keep-last',
  'keep-monthly', 'keep-weekly', 'keep-yearly', 'maintenance-mode', 'notification-mode', 'notification-thresholds', 'notify',
  'notify-user', 'path', 'prune-schedule', 'tuning', 'verify-new'];
const UNITS = [['READ', READ], ['WRITE', WRITE], ['CLOSING', CLOSING], ['CLOSED', CLOSED]];
const MOUNTS = '/mnt/datastore/';

const reads = word => Number(word & FIELD), writes = word => Number((word >> 30n) & FIELD);
const isOpen = word => (word & (CLOSING | CLOSED)) === 0n;
const hex = word => word.toString(16).padStart(16, '0');
const word = text => BigInt('0x' + text);
const unit = operation => (operation === 'READ' ? READ : WRITE);
const admits = (mode, operation) => (mode in ADMITS ? ADMITS[mode] : 'LOOKUP').split(' ').includes(operation);

let settings = {ttlNanos: 0, lockTimeoutNanos: 0};
let clock = 0;
let processes = [];
let threads = {};

/** What a caller gets instead of an answer: the name of its kind, and what people read. */
class Refused extends Error {
  constructor(kind, detail) {
    super(kind);
    this.detail = detail;
  }
}

/** An access that failed. */
class Failed extends Error {
  constructor(op, reason) {
    super(reason);
    this.op = op;
  }
}

function newProcess() {
  return {closed: false, replaced: false, sectionsKnown: false, snapshot: null, slots: {}, claims: {}, handles: {}, digest: '0'};
}

// ---- Accesses to what processes share ----

function* access(op, on, value) {
  const result = yield {op, on, with: value};
  if ('error' in result) { throw new Failed(op, result.error); }
  return result.got;
}

const generation = () => access('generation.get');
const bump = () => access('generation.increment');
const sleep = nanos => access('sleep', undefined, nanos);
const tryMutex = name => access('mutex.try', name);
const lockMutex = (name, nanos) => access('mutex.lock', name, nanos);
const unlockMutex = name => access('mutex.unlock', name);

function* getWord(slot) { return word(yield* access('word.get', slot.name)); }

/** Adds, and returns the word before. `+CLOSING` is `CLOSED - CLOSING`. */
function* add(slot, delta) {
  const label = delta === CLOSED - CLOSING ? '+CLOSING'
    : UNITS.filter(each => each[1] === delta || each[1] === -delta).map(each => (delta < 0n ? '-' : '+') + each[0])[0];
  return word(yield* access('word.add', slot.name, label));
}

const compareAndSet = (slot, expected, next) => access('word.cas', slot.name, [hex(expected), hex(next)]);

// ---- Locks: a mutex between threads, and in it a lock between processes ----

function* acquire(name, timeout) {
  const start = clock;
  if (!(yield* lockMutex('lock ' + name, timeout))) { return false; }
  let poll = FIRST_POLL, spent = clock - start;
  while (!(yield* access('lock.try', name))) {
    if (spent >= timeout) {
      yield* unlockMutex('lock ' + name); // the next one waits for the file lock
      return false;
    }
    yield* sleep(Math.min(poll, timeout - spent));
    poll = Math.min(2 * poll, LAST_POLL);
    spent = clock - start;
  }
  return true;
}

function* release(name) {
  yield* access('lock.unlock', name);
  yield* unlockMutex('lock ' + name);
}

function requireOpen(p) { // C2
  if (p.closed) { throw new Refused('RegistryClosed'); }
}

function* requireInPlace(p) { // T3
  if (!p.replaced) {
    if ((yield* access('ledger.inPlace')) && (yield* access('generation.inPlace'))) { return; }
    requireOpen(p);
    p.replaced = true;
  }
  throw new Refused('SharedStateReplaced');
}

function* lockConfig(p) {
  requireOpen(p);
  if (!(yield* acquire('config', settings.lockTimeoutNanos))) { throw new Refused('LockTimeout'); }
  let fit = false;
  try {
    requireOpen(p);
    yield* requireInPlace(p);
    fit = true;
  } finally {
    if (!fit) { yield* release('config'); }
  }
}

function* withConfigLock(p, work) {
  yield* lockConfig(p);
  try {
    return yield* work();
  } finally {
    yield* release('config');
  }
}

/** S1, M1 */
function* withMaintenanceLock(p, name, work) {
  requireOpen(p);
  if (!(yield* acquire(name, 0))) { throw new Refused('MaintenanceInProgress'); }
  try {
    return yield* work();
  } finally {
    yield* release(name);
  }
}

// ---- The config: text, edits, cache (S2, S3, S5, L1) ----

/** Sections in file order; those that did not change are the same objects as in `old`. */
function parse(p, text, old) {
  const sections = {};
  let section = null;
  for (let line of text.split('\n')) {
    const start = line.match(/^datastore: ([A-Za-z0-9_][A-Za-z0-9_.-]*)$/), property = line.match(/^\t(\S+) (.*)$/);
    if (start) {
      section = sections[start[1]] = {name: start[1]};
    } else if (property && section && KEYS.includes(property[1])) {
      section[property[1]] = property[2];
    } else if (line !== '') {
      throw new Refused('ConfigInvalid');
    }
  }
  for (let name of Object.keys(sections)) {
    const before = old && old.config.sections[name];
    if (sections[name].path === undefined) { throw new Refused('ConfigInvalid'); }
    if (before && JSON.stringify(before) === JSON.stringify(sections[name])) { sections[name] = before; }
    p.sectionsKnown = true;
  }
  return {sections};
}

function format(sections) {
  return Object.keys(sections).map(name => 'datastore: ' + name + '\n' + Object.keys(sections[name])
      .filter(key => key !== 'name').sort().map(key => '\t' + key + ' ' + sections[name][key] + '\n').join(''))
      .join('\n') || '\n'; // zero bytes are what a power failure leaves
}

function* readText(p) {
  let text;
  try {
    text = yield* access('config.read');
  } catch (e) {
    throw e instanceof Failed ? new Refused('ConfigUnavailable') : e;
  }
  if (text === '' || (text === null && p.sectionsKnown)) { throw new Refused('ConfigUnavailable'); }
  return text === null ? '' : text;
}

function* readConfig(p) {
  requireOpen(p);
  return parse(p, yield* readText(p), p.snapshot);
}

const modeOf = section => (section['maintenance-mode'] || 'none').replace(/^type=/, '').split(',')[0];
const pathOf = section => (section['backing-device'] ? MOUNTS + section.name : section.path);
const directory = path => path.replace(/\/*$/, '/');

function existing(config, name) {
  if (!config.sections[name]) { throw new Refused('NoSuchDatastore'); }
  return config.sections[name];
}

/** With other properties of a section; null removes one. */
function edited(config, name, changes) {
  const section = Object.assign({name}, config.sections[name], changes);
  Object.keys(section).forEach(key => { if (section[key] === null) { delete section[key]; } });
  return {sections: Object.assign({}, config.sections, {[name]: section})};
}

function without(config, name) {
  const sections = Object.assign({}, config.sections);
  delete sections[name];
  return {sections};
}

function requireOwnPath(config, section) {
  const path = directory(pathOf(section));
  for (let other of Object.values(config.sections)) {
    const taken = directory(pathOf(other));
    if (other.name !== section.name && (path.startsWith(taken) || taken.startsWith(path))) { throw new Refused('EditRefused'); }
  }
}

function created(config, section) {
  if (config.sections[section.name]) { throw new Refused('EditRefused'); }
  requireOwnPath(config, section);
  return edited(config, section.name, section);
}

function withMode(config, name, mode) {
  if (modeOf(existing(config, name)) === 'delete' && mode.split(',')[0] !== 'delete') { throw new Refused('EditRefused'); }
  return edited(config, name, {'maintenance-mode': mode === 'none' ? null : mode});
}

function moved(config, name, path) {
  const next = edited(config, existing(config, name).name, {path, 'maintenance-mode': null});
  requireOwnPath(config, next.sections[name]);
  return next;
}

/** M3, M4 */
function stillIn(config, name, ours) {
  if (existing(config, name)['maintenance-mode'] !== ours) { throw new Refused('EditRefused'); }
  return config;
}

function* isOfNow(p, snapshot) { return !p.replaced && (yield* generation()) === snapshot.generation; }

function isYoung(snapshot) {
  const age = clock - snapshot.loadedAt;
  return age >= 0 && age < settings.ttlNanos;
}

/** L1, with the config lock held. */
function* currentLocked(p) {
  const old = p.snapshot;
  if (old && (yield* isOfNow(p, old)) && isYoung(old)) { return old; }
  const loadedAt = clock;
  let value = yield* generation();
  const text = yield* readText(p);
  let config = old && old.text === text ? old.config : null;
  if (!config) {
    config = parse(p, text, old);
    if (old && old.generation === value) { value = yield* bump(); } // edited by hand
  }
  p.snapshot = {config, text, generation: value, loadedAt};
  return p.snapshot;
}

function* currentConfig(p) {
  const cached = p.snapshot;
  requireOpen(p);
  return cached && (yield* isOfNow(p, cached)) && isYoung(cached) ? cached : (yield* withConfigLock(p, () => currentLocked(p)));
}

/** D1: the config of the last save; stored nowhere. */
function* lastSaved(p) {
  const cached = p.snapshot;
  return cached && (yield* isOfNow(p, cached)) ? cached.config : parse(p, yield* readText(p), cached);
}

/** S2, S3, with the config lock held. */
function* saveLocked(p, digest, edit) {
  const cached = p.snapshot;
  const text = yield* readText(p);
  if (digest !== null && digest !== text) { throw new Refused('DigestMismatch'); }
  const next = format((yield* edit(parse(p, text, cached))).sections);
  yield* bump(); // S3, first
  try {
    yield* access('config.replace', undefined, next);
    p.sectionsKnown = p.sectionsKnown || next !== '\n';
  } finally {
    yield* bump(); // S3, second
  }
}

const save = (p, edit, digest = null) => withConfigLock(p, () => saveLocked(p, digest, edit));

/** An edit that makes no access. */
const pure = edit => function* (config) { return edit(config); };

// ---- Lookup (W1 to W5, L1 to L8, R1) ----

const granted = (slot, operation, section, instance) => ({slot, operation, section, instance, closed: false});

function requireSafe(name) {
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name)) { throw new Refused('InvalidName'); }
}

function admit(snapshot, name, operation) {
  const section = snapshot.config.sections[name];
  if (!section) {
    requireSafe(name);
    throw new Refused('NoSuchDatastore');
  }
  if (!admits(modeOf(section), operation)) { throw new Refused('DatastoreUnavailable'); }
  return section;
}

function* lookup(p, name, operation) {
  const warm = yield* warmLookup(p, name, operation);
  if (warm) { return warm; }
  const start = clock;
  for (let backoff = FIRST_BACKOFF; ; backoff = Math.min(2 * backoff, LAST_BACKOFF)) {
    const handle = yield* slowLookup(p, name, operation);
    if (handle) { return handle; }
    if (clock - start >= settings.lockTimeoutNanos) { throw new Refused('DatastoreBusy'); } // R1
    yield* sleep(backoff);
  }
}

function* warmLookup(p, name, operation) {
  const cached = p.snapshot; // W1
  if (!cached || !(yield* isOfNow(p, cached)) || !isYoung(cached) || p.closed) { return null; }
  const section = admit(cached, name, operation); // W2
  if (operation === 'LOOKUP') { return granted(null, operation, section, null); }
  const slot = p.slots[name];
  if (section['backing-device'] || !slot) { return null; }
  const before = yield* add(slot, unit(operation)); // W3
  if (isOpen(before) && (yield* isOfNow(p, cached))) { // W4
    const instance = slot.instance; // W5
    if (instance && instance.section === section) { return granted(slot, operation, section, instance); }
  }
  yield* drop(p, slot, operation);
  return null;
}

/** Null asks for a retry (R1), and the count is undone by then. */
function* slowLookup(p, name, operation) {
  requireSafe(name);
  const section = yield* withConfigLock(p, () => register(p, name, operation));
  if (operation === 'LOOKUP') { return granted(null, operation, section, null); }
  return yield* openCounted(p, p.slots[name], section, operation);
}

/** L1, L2, with the config lock held. */
function* register(p, name, operation) {
  const section = admit(yield* currentLocked(p), name, operation);
  if (operation === 'LOOKUP') { return section; }
  yield* requireMounted(section);
  if (!p.slots[name]) {
    yield* access('ledger.append', name);
    p.slots[name] = {name, mutex: 'slot ' + name, instance: null};
  }
  yield* add(p.slots[name], unit(operation));
  return section;
}

function* requireMounted(section) {
  if (section && section['backing-device'] && (yield* access('mounts.status', pathOf(section))) !== 'MOUNTED') {
    throw new Refused('NotMounted');
  }
}

/** L3 to L8; null asks for a retry (R1). */
function* openCounted(p, slot, section, operation) {
  let handle = null, locked = false, before = 0n;
  try {
    requireOpen(p); // C2
    if (!(yield* lockMutex(slot.mutex, settings.lockTimeoutNanos))) { throw new Refused('LockTimeout'); } // L3
    locked = true;
    const instance = yield* openLocked(p, slot, section, operation);
    handle = instance && granted(slot, operation, section, instance); // L8
  } finally {
    if (!handle) { before = yield* add(slot, -unit(operation)); } // L7, R1: inside the mutex
    if (locked) { yield* unlockMutex(slot.mutex); }
    if (!handle) { yield* dropped(p, slot, operation, before); }
  }
  return handle;
}

/** L4 to L6, with the mutex held. */
function* openLocked(p, slot, section, operation) {
  const path = pathOf(section);
  try {
    const identity = yield* access('files.identify', path);
    const old = slot.instance;
    if (old && old.path === path && old.identity === identity) { // L5
      if (old.section !== section) { slot.instance = {section, path, identity, files: old.files}; }
      return slot.instance;
    }
    const alone = unit(operation);
    if (old && !(yield* compareAndSet(slot, alone, alone | CLOSING))) { return null; } // L6
    return yield* openFresh(p, slot, section, identity, old);
  } catch (e) {
    throw e instanceof Failed ? new Refused('OpenFailed') : e;
  }
}

function* openFresh(p, slot, section, identity, old) {
  let instance = null;
  try {
    if (old) { yield* closeStore(p, slot, old); }
    if (yield* claim(p, slot, identity)) {
      const path = pathOf(section);
      const files = yield* access('files.open', path, identity);
      instance = slot.instance = {section, path, identity, files};
      yield* add(slot, old ? -CLOSING : -CLOSED); // L4, L6
    }
    return instance;
  } finally {
    if (!instance) { // L7, R1
      if (p.claims[identity] === slot) { delete p.claims[identity]; }
      if (old) { yield* add(slot, CLOSED - CLOSING); }
    }
  }
}

function* claim(p, slot, identity) {
  if (p.claims[identity]) { yield* evictUnlessBusy(p, p.claims[identity]); }
  if (p.claims[identity]) { return false; }
  p.claims[identity] = slot;
  return true;
}

// ---- Drop and evict (D1, D2, E1) ----

function* drop(p, slot, operation) {
  yield* dropped(p, slot, operation, yield* add(slot, -unit(operation)));
}

function* dropped(p, slot, operation, before) {
  if (before - unit(operation) === CLOSED) {
    yield* finishClose(p);
  } else if (before === unit(operation)) {
    yield* closeIfUnwanted(p, slot);
  }
}

function* closeIfUnwanted(p, slot) {
  if (yield* isUnwanted(p, slot, null)) {
    yield* lockMutex(slot.mutex);
    yield* evictLocked(p, slot);
    yield* unlockMutex(slot.mutex);
    yield* evictIfMissed(p, slot);
    yield* finishClose(p);
  }
}

function* isUnwanted(p, slot, known) {
  const instance = slot.instance;
  if (!instance || p.closed) { return Boolean(instance); }
  try {
    const section = (known || (yield* lastSaved(p))).sections[slot.name];
    return !section || CLEARING.includes(modeOf(section)) || (instance.section !== section && instance.path !== pathOf(section));
  } catch (e) {
    if (e instanceof Refused) { return false; }
    throw e;
  }
}

function* evictLocked(p, slot) {
  const instance = slot.instance;
  if (yield* compareAndSet(slot, 0n, CLOSING)) { // E1
    yield* closeStore(p, slot, instance);
    yield* add(slot, CLOSED - CLOSING);
  }
}

function* closeStore(p, slot, instance) {
  slot.instance = null;
  try {
    yield* access('store.close', instance.files);
  } catch (e) {
    if (!(e instanceof Failed)) { throw e; } // the files are closed all the same
  }
  if (p.claims[instance.identity] === slot) { delete p.claims[instance.identity]; }
}

function* evictUnlessBusy(p, slot) {
  if (yield* tryMutex(slot.mutex)) {
    yield* evictLocked(p, slot);
    yield* unlockMutex(slot.mutex);
    yield* evictIfMissed(p, slot);
  }
}

/** C1: the closer only tried the mutex. */
function* evictIfMissed(p, slot) {
  if (p.closed && (yield* getWord(slot)) === 0n) { yield* evictUnlessBusy(p, slot); }
}

const slotsByName = p => Object.keys(p.slots).sort().map(name => p.slots[name]);

/** A closed registry ends when every word is CLOSED. */
function* finishClose(p) {
  if (!p.closed) { return; }
  for (let slot of slotsByName(p)) {
    if ((yield* getWord(slot)) !== CLOSED) { return; }
  }
  yield* access('locks.close');
  yield* access('ledger.close');
}

// ---- Watcher (T1, T2), and who decides (M1 to M5) ----

function* sweepOne(p, slot, known) {
  if ((yield* getWord(slot)) === 0n && (yield* isUnwanted(p, slot, known))) {
    yield* evictUnlessBusy(p, slot);
    yield* finishClose(p);
  }
}

function* sweep(p) {
  const known = p.closed ? {sections: {}} : (yield* lastSaved(p));
  for (let slot of slotsByName(p)) { yield* sweepOne(p, slot, known); }
}

/** What is refused waits for the next period. */
function* quietly(work) {
  try {
    yield* work;
  } catch (e) {
    if (!(e instanceof Refused)) { throw e; }
  }
}

function* makeCurrent(p) {
  const cached = p.snapshot;
  if (cached && (yield* isOfNow(p, cached)) && isYoung(cached)) {
    yield* requireInPlace(p);
  } else {
    yield* withConfigLock(p, () => currentLocked(p));
  }
}

function* refresh(p) {
  if (!p.closed) { yield* quietly(makeCurrent(p)); }
  yield* quietly(sweep(p));
  yield* finishClose(p);
}

/** The words of all live processes, with the config lock held. */
function* census(p, name) {
  const own = p.slots[name] ? (yield* getWord(p.slots[name])) : CLOSED;
  const sum = {reads: reads(own), writes: writes(own), drained: own === CLOSED};
  for (let other of yield* access('ledgers.others')) {
    const found = word(yield* access('ledger.word', other + ' ' + name));
    if (found === CLOSED || (yield* access('ledger.ownerDied', other))) { continue; }
    sum.reads += reads(found);
    sum.writes += writes(found);
    sum.drained = false;
  }
  return sum;
}

function isDrained(sum, mode) {
  return CLEARING.includes(mode) ? sum.drained : sum.writes === 0 && (admits(mode, 'READ') || sum.reads === 0);
}

function* identify(path) {
  try {
    return yield* access('files.identify', path);
  } catch (e) {
    if (e instanceof Failed) { return null; }
    throw e;
  }
}

/** M5: words are per name, data is per path. */
function* requireSole(config, section) {
  let own = null;
  for (let other of Object.values(config.sections)) {
    if (other.name === section.name) { continue; }
    own = own || (yield* identify(pathOf(section)));
    if (own && own === (yield* identify(pathOf(other)))) { throw new Refused('EditRefused'); }
  }
}

function* create(p, section) {
  yield* withMaintenanceLock(p, section.name, function* () {
    const known = yield* readConfig(p);
    created(known, section);
    yield* requireMounted(section);
    try {
      yield* access('files.create', pathOf(section));
    } catch (e) {
      throw e instanceof Failed ? new Refused('OpenFailed') : e;
    }
    yield* requireSole(known, section);
    yield* save(p, pure(c => created(c, section)));
  });
}

function* setMode(p, name, mode) {
  existing(yield* readConfig(p), name);
  yield* withMaintenanceLock(p, name, () => save(p, pure(c => withMode(c, name, mode))));
}

/**
 * M1 to M4. `d` is a drain: name, mode, ours (the text of the mode), millis, cancelled, needsData, whether it
 * has a task, what is checked behind that, and the edit at its end.
 */
function* drain(p, d) {
  const known = yield* readConfig(p);
  const section = existing(known, d.name);
  yield* withMaintenanceLock(p, d.name, function* () { // M1
    let before = null;
    yield* requireSole(known, section); // M5
    yield* save(p, function* (c) {
      const next = withMode(c, d.name, d.ours);
      yield* requireData(c, d);
      before = c.sections[d.name]['maintenance-mode'] || null;
      if (d.mode === 'delete') { yield* census(p, d.name); } // M2: while there is a way back
      return next;
    });
    try {
      yield* awaitDrained(p, d);
      yield* requireSole(known, section); // M5
    } catch (e) {
      if (d.mode !== 'delete') { // M4
        yield* quietly(save(p, pure(c => edited(stillIn(c, d.name, d.ours), d.name, {'maintenance-mode': before}))));
      }
      throw e;
    }
    if (d.task && (yield* access('task')) !== 'done') { throw new Refused('MaintenanceFailed'); }
    yield* d.then();
    try {
      yield* save(p, pure(c => d.end(stillIn(c, d.name, d.ours)))); // M4
    } catch (e) {
      const known = e instanceof Refused && ['EditRefused', 'NoSuchDatastore'].includes(e.message);
      throw e instanceof Refused && !known ? new Refused('MaintenanceFailed') : e;
    }
  });
}

function* requireData(config, d) {
  if (d.needsData) { yield* requireMounted(config.sections[d.name]); }
}

/** M2, M3 */
function* awaitDrained(p, d) {
  const start = clock;
  while (true) {
    if (p.slots[d.name]) { yield* sweepOne(p, p.slots[d.name], null); }
    const sum = yield* withConfigLock(p, () => census(p, d.name));
    if (isDrained(sum, d.mode) && (yield* withConfigLock(p, () => drainedAfterSave(p, d)))) { return; }
    if (d.cancelled) { throw new Refused('DrainCancelled'); }
    if (clock - start >= d.millis * 1e6) { throw new Refused('DatastoreInUse'); }
    yield* sleep(DRAIN_POLL);
  }
}

function* drainedAfterSave(p, d) {
  yield* saveLocked(p, null, function* (c) { // M3
    yield* requireData(c, d);
    return stillIn(c, d.name, d.ours);
  });
  return isDrained(yield* census(p, d.name), d.mode);
}

function* move(p, name, path, d) {
  const known = yield* readConfig(p);
  const section = moved(known, name, path).sections[name];
  yield* requireSole(known, section);
  d.then = function* () {
    const there = yield* identify(pathOf(section));
    try {
      if (there) { yield* requireSole(known, section); }
    } catch (e) {
      throw e instanceof Refused ? new Refused('MaintenanceFailed') : e;
    }
    if (!there) { throw new Refused('MaintenanceFailed'); }
  };
  d.end = c => moved(c, name, path);
  yield* drain(p, d);
}

// ---- Commands ----

const MODES = text => text.replace('_', '-');

/** The text of a mode, with what the message says of it. */
const said = (mode, message) => (message.message === undefined ? mode : mode + ',message=' + message.message);

function newDrain(name, mode, more) {
  return Object.assign({name, mode, ours: mode, millis: 0, cancelled: false, needsData: false, task: true, then: function* () {}}, more);
}

const NAME = '([^\\s,]+)', ENDING = '(?: in (\\d+) ms)?(?:, (\\S+))?$';

/** What follows the process, and how it is done; `m` is the message. */
const FORMS = [
  [/^lookup (\S+) (READ|WRITE|LOOKUP)$/, function* (p, a, m) { return keep(p, m.handle, yield* lookup(p, a[1], a[2])); }],
  [/^close the registry$/, function* (p) {
    p.closed = true;
    yield* sweep(p);
    yield* finishClose(p);
  }],
  [/^close (\S+)$/, function* (p, a, m) {
    const handle = p.handles[m.handle];
    if (!handle.closed) {
      handle.closed = true;
      if (handle.slot) { yield* drop(p, handle.slot, handle.operation); }
    }
  }],
  [/^duplicate (\S+)$/, function* (p, a, m) { // D2
    const source = p.handles[m.of];
    if (source.slot) { yield* add(source.slot, unit(source.operation)); }
    if (source.closed) {
      if (source.slot) { yield* drop(p, source.slot, source.operation); }
      return {answer: 'nothing'};
    }
    return keep(p, m.handle, granted(source.slot, source.operation, source.section, source.instance));
  }],
  [/^count (\S+)$/, function* (p, a) {
    const sum = yield* withConfigLock(p, () => census(p, a[1]));
    return {answer: 'done ' + sum.reads + '/' + sum.writes};
  }],
  [/^config$/, function* (p) {
    const current = yield* currentConfig(p);
    p.digest = current.text;
    return {answer: 'done', config: format(current.config.sections)};
  }],
  [/^refresh$/, function* (p) { yield* refresh(p); }],
  [/^create (\S+) at (\S+)$/, function* (p, a, m) {
    const removable = a[2].startsWith(MOUNTS);
    yield* create(p, Object.assign({name: a[1]}, m.comment === undefined ? {} : {comment: m.comment},
        removable ? {path: 'x', 'backing-device': '11111111-2222-3333-4444-555555555555'} : {path: a[2]}));
  }],
  [/^save (\S+) comment$/, function* (p, a, m) {
    yield* save(p, pure(c => edited(c, existing(c, a[1]).name, {comment: m.comment})));
  }],
  [/^save (\S+) comment as read$/, function* (p, a, m) {
    yield* save(p, pure(c => edited(c, existing(c, a[1]).name, {comment: m.comment})), p.digest);
  }],
  [/^save (\S+) (\S+)$/, function* (p, a, m) { yield* setMode(p, a[1], said(MODES(a[2]), m)); }],
  [new RegExp('^destroy ' + NAME + ENDING), function* (p, a) {
    const gone = a[3] === 'gone';
    yield* drain(p, newDrain(a[1], 'delete', {millis: Number(a[2] || 0), cancelled: a[3] === 'cancelled', needsData: !gone,
      task: !gone, end: c => without(c, a[1])}));
  }],
  [new RegExp('^run in (\\S+): ' + NAME + ENDING), function* (p, a, m) {
    yield* drain(p, newDrain(a[2], MODES(a[1]), {ours: said(MODES(a[1]), m), millis: Number(a[3] || 0), cancelled: a[4] === 'cancelled',
      end: c => edited(c, a[2], {'maintenance-mode': null})}));
  }],
  [new RegExp('^move ' + NAME + ' to ' + NAME + '(?:, (\\S+))?$'), function* (p, a) {
    yield* move(p, a[1], a[2], newDrain(a[1], 'offline', {ours: 'offline,message=moving', cancelled: a[3] === 'cancelled',
      needsData: true}));
  }]
];

function keep(p, number, handle) {
  p.handles[number] = handle;
  const section = Object.assign({}, handle.section);
  delete section.name;
  return {answer: 'granted ' + section.comment + '@' + pathOf(handle.section), section,
    files: handle.instance ? handle.instance.files : undefined};
}

/** The refusal for a failed access that no clause says more about. */
const UNAVAILABLE = {config: 'ConfigUnavailable', lock: 'LockUnavailable', ledger: 'LedgerUnavailable',
  ledgers: 'LedgerUnavailable', generation: 'GenerationUnavailable'};

function* run(p, message) {
  const form = FORMS.find(each => each[0].test(message.command));
  if (!form) { return {answer: 'UnknownCommand'}; }
  try {
    return (yield* form[1](p, message.command.match(form[0]), message)) || {answer: 'done'};
  } catch (e) {
    const kind = e instanceof Failed ? UNAVAILABLE[e.op.split('.')[0]] : e instanceof Refused ? e.message : undefined;
    if (kind) { return {answer: kind, message: e.detail || e.message}; }
    throw e;
  }
}

// ---- Stepping: the kit decides which thread goes on, and what its access returns ----

function handle(message) {
  if ('kit' in message) {
    settings = message;
    threads = {};
    processes = Array.from({length: message.processes}, newProcess);
    return {port: 1, answer: 'done'};
  } else if ('killed' in message || 'started' in message) {
    processes['killed' in message ? message.killed : message.started] = newProcess();
    return {answer: 'done'};
  }
  clock = message.clock;
  if ('command' in message) { threads[message.t] = run(processes[message.process], message); }
  return threads[message.t].next(message).value;
}

// ---- Real files: files.js performs each access at once ----

let registry = null;
let random = 0;

/** A number below `bound`; a seed repeats them. */
function next(bound) {
  random = (random * 1103515245 + 12345) % 2147483648;
  return Math.floor(random / 2147483648 * bound);
}

/** Sleeps before some accesses, if the kit wants that: so the windows between them are met. */
function pause(op) {
  const pauses = settings.pauses;
  if (pauses && next(100) < pauses.percent * (op === pauses.often ? 10 : 1)) { sys('sleep', next(pauses.mostMillis) * 1e6); }
}

function openRegistry(message) {
  settings = {ttlNanos: message.ttlMillis * 1e6, lockTimeoutNanos: message.lockTimeoutMillis * 1e6, pauses: message.pauses};
  random = message.pauses ? message.pauses.seed : 0;
  try {
    if (registry && !registry.machine.ended) { throw new Refused('LedgerUnavailable', 'this process has a registry'); }
    if (registry) { registry.machine.forget(); }
    registry = null;
    registry = {process: newProcess(), machine: new Machine(message.config, message.run), held: [], closed: [], handles: 0};
    return {port: 1, pid: sys('pid'), answer: 'done'};
  } catch (e) {
    if (e instanceof Refused) { return {port: 1, answer: e.message, message: e.detail}; }
    throw e;
  }
}

function perform(message) {
  const thread = run(registry.process, message);
  let result, step;
  do {
    clock = sys('nanos');
    step = thread.next(result);
    if (!step.done) { pause(step.value.op); }
    result = step.done ? null : registry.machine.perform(step.value);
  } while (!step.done);
  return step.value;
}

/** The handle of the message's number; without one the one of that name that is held longest. */
function command(message) {
  const [what, name, last] = message.command.split(' '), {held, closed} = registry;
  const given = 'of' in message ? message.of : what === 'close' ? message.handle : undefined;
  const source = held.find(each => (given === undefined ? each.name === name : each.handle === given));
  const fresh = {name, handle: what === 'close' || message.handle === undefined ? --registry.handles : message.handle};
  if (what === 'close' && last === 'again') {
    closed.filter(each => each.name === name).forEach(each => perform({command: 'close ' + name, handle: each.handle}));
    return {answer: 'done'};
  } else if (what === 'close' && name !== 'the') {
    if (!source) { return {answer: 'nothing'}; }
    held.splice(held.indexOf(source), 1);
    closed.push(source);
    return perform({command: message.command, handle: source.handle});
  } else if (what === 'duplicate' && !source) {
    return {answer: 'nothing'};
  }
  if (['count', 'run', 'destroy', 'move'].includes(what)) { registry.machine.prune(); } // the dead, without the config lock
  const answer = perform(Object.assign({}, message, {handle: fresh.handle, of: source && source.handle}));
  if (answer.answer.startsWith('granted ')) { held.push(fresh); }
  return answer;
}

/** Answers each line; the first message of a program says who performs the accesses. */
function serve() {
  let stepping = false;
  for (let line = sys('line'); line !== null; line = sys('line')) {
    const message = JSON.parse(line), begins = 'kit' in message;
    stepping = begins ? 'processes' in message : stepping;
    sys('print', JSON.stringify(stepping ? handle(message) : begins ? openRegistry(message) : command(message)));
  }
}

if (typeof system === 'object') {
  serve();
} else if (typeof process === 'object' && typeof require === 'function') { // no record locks here: stepping only
  require('readline').createInterface({input: process.stdin}).on('line', line => {
    process.stdout.write(JSON.stringify(handle(JSON.parse(line))) + '\n');
  });
}
