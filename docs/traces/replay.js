// Replays docs/traces/traces.jsonl with an implementation of the protocol of its own:
//
//   node docs/traces/replay.js [file]
//
// It follows docs/protocol.md and docs/traces/README.md, and shares no code with the Java library. A
// process is an object, a thread a generator that stops just before each shared access (`yield`), and a
// schedule is the order in which the generators go on. Refusals are values, nothing is thrown, and each
// lock is given back in plain sight. The commands that it knows are in `FORMS` and `OUTSIDE`.
'use strict';

const READ = 1n, WRITE = 1n << 30n, CLOSING = 1n << 60n, CLOSED = 1n << 61n, FIELD = (1n << 30n) - 1n;
const TTL = 60e9, LOCK_TIMEOUT = 1e6, FIRST_BACKOFF = 50e3, LAST_BACKOFF = 100e6, FIRST_POLL = 20e3, LAST_POLL = 2e6;
const DRAIN_POLL = 10e6, TASK = 20e6, TORN = 'datastore: torn\n\tpa';
const DEVICE = '11111111-2222-3333-4444-555555555555';
const ADMITS = {none: 'READ WRITE LOOKUP', 'read-only': 'READ LOOKUP', delete: ''}; // any other mode: LOOKUP
const CLEARING = ['offline', 'delete', 'unmount'];

const reads = word => Number(word & FIELD), writes = word => Number((word >> 30n) & FIELD);
const isOpen = word => (word & (CLOSING | CLOSED)) === 0n;
const hex = word => word.toString(16).padStart(16, '0');
const unit = operation => (operation === 'READ' ? READ : WRITE);
const refused = type => ({refused: type});
const admits = (mode, operation) => (mode in ADMITS ? ADMITS[mode] : 'LOOKUP').split(' ').includes(operation);

// ---- The machine: what all processes share, and what each access does to it ----

function newMachine(trace) {
  const m = {configs: trace.configs, config: '\n', generation: 0, clock: 0, versions: 0, inodes: 0, openings: 0,
    words: {}, ledgers: {}, locks: {}, open: [], lockFiles: {}, broken: {}, mounts: {}, lockedOutside: false, processes: []};
  for (let i = 0; i < trace.program.processes; i++) {
    m.ledgers['p' + i] = 'alive';
    m.processes.push({m, id: 'p' + i, alive: true, closed: false, snapshot: null, slots: {}, claims: {},
      mutexes: {}, held: []});
  }
  return m;
}

function stateOf(m) {
  const state = {generation: m.generation, config: m.configs.indexOf(m.config)};
  Object.keys(m.words).forEach(key => { state['word ' + key] = hex(m.words[key]); });
  Object.keys(m.ledgers).forEach(key => { state['ledger ' + key] = m.ledgers[key]; });
  Object.keys(m.locks).forEach(key => { state['lock ' + key] = m.locks[key]; });
  m.open.forEach(file => { state['open ' + file.by + ' ' + file.path] = file.identity + ' #' + file.number; });
  return state;
}

function access(op, on, value, act) { return {op, on, with: value, act}; }

const getGeneration = m => access('generation.get', undefined, undefined, () => m.generation);
const bump = m => access('generation.increment', undefined, undefined, () => ++m.generation);
const readConfig = m => access('config.read', undefined, undefined, () => m.configs.indexOf(m.config));

function replaceConfig(m, text) {
  return access('config.replace', undefined, m.configs.indexOf(text), () => { m.config = text; });
}

const LABELS = {};
[['READ', READ], ['WRITE', WRITE], ['CLOSING', CLOSING], ['CLOSED', CLOSED]].forEach(each => {
  LABELS[each[1].toString()] = '+' + each[0];
  LABELS[(-each[1]).toString()] = '-' + each[0];
});

function add(p, slot, delta) {
  const key = p.id + ' ' + slot.name;
  return access('word.add', slot.name, LABELS[delta.toString()], () => {
    const before = p.m.words[key];
    p.m.words[key] = BigInt.asUintN(64, before + delta);
    return before;
  });
}

function compareAndSet(p, slot, expected, next) {
  const key = p.id + ' ' + slot.name;
  return access('word.cas', slot.name, [hex(expected), hex(next)], () => {
    const same = p.m.words[key] === expected;
    if (same) { p.m.words[key] = next; }
    return same;
  });
}

const getWord = (p, slot) => access('word.get', slot.name, undefined, () => p.m.words[p.id + ' ' + slot.name]);

function tryLock(p, name) {
  return access('lock.try', name, undefined, () => {
    const free = !p.m.locks[name] && !(name === 'config' && p.m.lockedOutside);
    if (free) { p.m.locks[name] = p.id; }
    return free;
  });
}

const unlock = (p, name) => access('lock.unlock', name, undefined, () => { delete p.m.locks[name]; });
const inPlace = what => access(what + '.inPlace', undefined, undefined, () => true);
const identify = (m, path) => access('files.identify', path, undefined, () => m.lockFiles[path] || 'error');

function openFiles(p, path, identity) {
  return access('files.open', path, undefined, () => {
    if (p.m.lockFiles[path] !== identity || p.m.broken[path]) { return 'error'; }
    p.m.open.push({by: p.id, path, identity, number: ++p.m.openings});
    return 'ok';
  });
}

function closeFiles(p, instance) {
  return access('store.close', instance.path, undefined, () => {
    p.m.open = p.m.open.filter(file => file.number !== instance.number);
  });
}

const makeLockFile = (m, path) => { m.lockFiles[path] = '7:' + ++m.inodes; };

// ---- Waiting: for time, and for the mutexes of one process ----

function* sleep(m, nanos) {
  yield {op: 'waits', until: m.clock + nanos};
  yield {op: 'wakes'};
}

function* lockMutex(m, mutex, nanos) {
  const until = m.clock + nanos;
  while (mutex.held) {
    yield {op: 'waits', until};
    yield {op: 'wakes', needs: () => !mutex.held || m.clock >= until};
    if (m.clock >= until) { return false; }
  }
  mutex.held = true;
  return true;
}

/** The config lock or a maintenance lock: a mutex between threads, and in it the lock between processes. */
function* acquire(p, name, timeout) {
  const mutex = p.mutexes[name] = p.mutexes[name] || {held: false};
  const start = p.m.clock;
  if (!(yield* lockMutex(p.m, mutex, timeout))) { return false; }
  let poll = FIRST_POLL, spent = p.m.clock - start;
  while (!(yield tryLock(p, name))) {
    if (spent >= timeout) {
      mutex.held = false; // the next one waits for the file lock
      return false;
    }
    yield* sleep(p.m, Math.min(poll, timeout - spent));
    poll = Math.min(2 * poll, LAST_POLL);
    spent = p.m.clock - start;
  }
  return true;
}

function* release(p, name) {
  yield unlock(p, name);
  p.mutexes[name].held = false;
}

function* lockConfig(p) {
  if (p.closed) { return refused('RegistryClosed'); }
  if (!(yield* acquire(p, 'config', LOCK_TIMEOUT))) { return refused('LockTimeout'); }
  if (p.closed) {
    yield* release(p, 'config');
    return refused('RegistryClosed');
  }
  yield inPlace('ledger'); // T3
  yield inPlace('generation');
  return null;
}

/** Runs work that waits for nobody. */
function* withConfigLock(p, work) {
  const wrong = yield* lockConfig(p);
  if (wrong) { return wrong; }
  const result = yield* work();
  yield* release(p, 'config');
  return result;
}

// ---- The config: text, edits, cache (S2, S3, S5, L1) ----

/** Sections in file order; those that did not change are the same objects as in `old`. */
function parse(text, old) {
  const sections = {};
  for (let block of text.split(/\n(?=datastore: )/)) {
    const lines = block.split('\n').filter(line => line !== '');
    if (lines.length === 0) { continue; }
    const section = {name: lines[0].substring('datastore: '.length)};
    for (let line of lines.slice(1)) {
      const space = line.indexOf(' ');
      if (space < 0) { return refused('ConfigInvalid'); }
      section[line.substring(1, space)] = line.substring(space + 1);
    }
    const before = old && old.config.sections[section.name];
    const same = before && JSON.stringify(before) === JSON.stringify(section);
    sections[section.name] = same ? before : section;
  }
  return {sections};
}

function format(sections) {
  return Object.keys(sections).map(name => 'datastore: ' + name + '\n' + Object.keys(sections[name])
      .filter(key => key !== 'name').sort().map(key => '\t' + key + ' ' + sections[name][key] + '\n').join(''))
      .join('\n') || '\n'; // zero bytes are what a power failure leaves
}

const modeOf = section => (section['maintenance-mode'] || 'none').split(',')[0];
const pathOf = section => (section['backing-device'] ? '/mnt/datastore/' + section.name : section.path);

function edited(config, name, changes) {
  const section = Object.assign({name}, config.sections[name], changes);
  Object.keys(section).forEach(key => { if (section[key] === null) { delete section[key]; } });
  const sections = Object.assign({}, config.sections);
  sections[name] = section;
  return {sections};
}

function withMode(config, name, mode) {
  if (!config.sections[name]) { return refused('NoSuchDatastore'); }
  if (modeOf(config.sections[name]) === 'delete' && mode !== 'delete') { return refused('EditRefused'); }
  return edited(config, name, {'maintenance-mode': mode === 'none' ? null : mode});
}

function stillIn(config, name, mode) {
  if (!config.sections[name]) { return refused('NoSuchDatastore'); }
  return config.sections[name]['maintenance-mode'] === mode ? config : refused('EditRefused');
}

function without(config, name) {
  const sections = Object.assign({}, config.sections);
  delete sections[name];
  return {sections};
}

function* read(p) {
  const number = yield readConfig(p.m);
  return parse(p.m.configs[number], p.snapshot);
}

function* isOfNow(p, snapshot) {
  return (yield getGeneration(p.m)) === snapshot.generation;
}

function isYoung(p, snapshot) {
  const age = p.m.clock - snapshot.loadedAt;
  return age >= 0 && age < TTL;
}

/** L1, with the config lock held. */
function* current(p) {
  const old = p.snapshot;
  if (old && (yield* isOfNow(p, old)) && isYoung(p, old)) { return old.config; }
  const loadedAt = p.m.clock;
  let generation = yield getGeneration(p.m);
  const number = yield readConfig(p.m);
  const text = p.m.configs[number];
  let config = old && old.text === text ? old.config : null;
  if (!config) {
    config = parse(text, old);
    if (config.refused) { return config; }
    if (old && old.generation === generation) { generation = yield bump(p.m); } // edited by hand
  }
  p.snapshot = {config, text, generation, loadedAt};
  return config;
}

/** D1: the config of the last save; stored nowhere. */
function* peek(p) {
  const cached = p.snapshot;
  return cached && (yield* isOfNow(p, cached)) ? cached.config : (yield* read(p));
}

/** S2, S3, with the config lock held. */
function* save(p, edit, deleted) {
  const found = yield* read(p);
  const next = found.refused ? found : edit(found);
  if (next.refused) { return next; }
  if (deleted) { yield* census(p, deleted); } // M2: all ledgers can be read while there is a way back
  yield bump(p.m); // S3, first
  yield replaceConfig(p.m, format(next.sections));
  yield bump(p.m); // S3, second
  return null;
}

function* lockAndSave(p, edit, deleted) {
  return yield* withConfigLock(p, () => save(p, edit, deleted));
}

// ---- Lookup (W1 to W5, L1 to L8, R1) ----

const granted = (slot, operation, section, instance) => ({slot, operation, section, instance, closed: false});

function admit(config, name, operation) {
  const section = config.sections[name];
  if (!section) { return refused('NoSuchDatastore'); }
  return admits(modeOf(section), operation) ? section : refused('DatastoreUnavailable');
}

function* lookup(p, name, operation) {
  let result = yield* warmLookup(p, name, operation);
  const start = p.m.clock;
  for (let backoff = FIRST_BACKOFF; !result; backoff = Math.min(2 * backoff, LAST_BACKOFF)) {
    result = yield* slowLookup(p, name, operation);
    if (!result) { // R1
      if (p.m.clock - start >= LOCK_TIMEOUT) { return refused('DatastoreBusy'); }
      yield* sleep(p.m, backoff);
    }
  }
  return result;
}

function* warmLookup(p, name, operation) {
  const cached = p.snapshot; // W1
  if (!cached || !(yield* isOfNow(p, cached)) || !isYoung(p, cached) || p.closed) { return null; }
  const section = admit(cached.config, name, operation); // W2
  if (section.refused) { return section; }
  if (operation === 'LOOKUP') { return granted(null, operation, section, null); }
  const slot = p.slots[name];
  if (section['backing-device'] || !slot) { return null; }
  const before = yield add(p, slot, unit(operation)); // W3
  if (isOpen(before) && (yield* isOfNow(p, cached))) { // W4
    const instance = slot.instance; // W5
    if (instance && instance.section === section) { return granted(slot, operation, section, instance); }
  }
  yield* drop(p, slot, operation);
  return null;
}

function* slowLookup(p, name, operation) {
  const admitted = yield* withConfigLock(p, () => register(p, name, operation));
  if (admitted.refused || operation === 'LOOKUP') { return admitted; }
  return yield* openCounted(p, p.slots[name], admitted, operation);
}

/** L1, L2, with the config lock held. */
function* register(p, name, operation) {
  const config = yield* current(p);
  const section = config.refused ? config : admit(config, name, operation);
  if (section.refused) { return section; }
  if (operation === 'LOOKUP') { return granted(null, operation, section, null); }
  const unmounted = yield* requireMounted(p, section);
  if (unmounted) { return unmounted; }
  if (!p.slots[name]) {
    yield access('ledger.append', name, undefined, () => { p.m.words[p.id + ' ' + name] = CLOSED; });
    p.slots[name] = {name, mutex: {held: false}, instance: null};
  }
  yield add(p, p.slots[name], unit(operation));
  return section;
}

function* requireMounted(p, section) {
  if (!section['backing-device']) { return null; }
  const status = yield access('mounts.status', pathOf(section), undefined,
      () => p.m.mounts[section.name] || 'NOT_MOUNTED');
  return status === 'MOUNTED' ? null : refused('NotMounted');
}

/** L3 to L8; null asks for a retry (R1). */
function* openCounted(p, slot, section, operation) {
  let result = null, locked = false;
  if (p.closed) { // between L2 and L3
    result = refused('RegistryClosed');
  } else if (!(yield* lockMutex(p.m, slot.mutex, LOCK_TIMEOUT))) { // L3
    result = refused('LockTimeout');
  } else {
    locked = true;
    result = yield* open(p, slot, section, operation);
  }
  if (result && !result.refused) {
    slot.mutex.held = false; // L8
    return granted(slot, operation, section, result);
  }
  const before = yield add(p, slot, -unit(operation)); // L7, R1: inside the mutex
  if (locked) { slot.mutex.held = false; }
  yield* dropped(p, slot, operation, before);
  return result;
}

/** L4 to L6, with the mutex held. */
function* open(p, slot, section, operation) {
  const path = pathOf(section), old = slot.instance;
  const identity = yield identify(p.m, path);
  if (identity === 'error') { return refused('OpenFailed'); }
  if (old && old.path === path && old.identity === identity) { // L5
    if (old.section !== section) { slot.instance = {section, path, identity, number: old.number}; }
    return slot.instance;
  }
  const alone = unit(operation);
  if (old && !(yield compareAndSet(p, slot, alone, alone | CLOSING))) { return null; } // L6
  if (old) { yield* closeStore(p, slot, old); }
  let result = null;
  if (yield* claim(p, slot, identity)) {
    if ((yield openFiles(p, path, identity)) === 'ok') {
      result = slot.instance = {section, path, identity, number: p.m.openings};
      yield add(p, slot, old ? -CLOSING : -CLOSED); // L4, L6
      return result;
    }
    result = refused('OpenFailed');
    delete p.claims[identity];
  }
  if (old) { yield add(p, slot, CLOSED - CLOSING); } // L7
  return result;
}

function* claim(p, slot, identity) {
  if (p.claims[identity]) { yield* evictUnlessBusy(p, p.claims[identity]); }
  if (p.claims[identity]) { return false; }
  p.claims[identity] = slot;
  return true;
}

// ---- Drop and evict (D1, D2, E1) ----

function* drop(p, slot, operation) {
  yield* dropped(p, slot, operation, yield add(p, slot, -unit(operation)));
}

function* dropped(p, slot, operation, before) {
  if (before - unit(operation) === CLOSED) {
    yield* finishClose(p);
  } else if (before === unit(operation)) {
    yield* closeIfWanted(p, slot);
  }
}

function* closeIfWanted(p, slot) {
  if (yield* mustClose(p, slot, null)) {
    yield* lockMutex(p.m, slot.mutex, Infinity);
    yield* evictLocked(p, slot);
    slot.mutex.held = false;
    yield* evictIfMissed(p, slot);
    yield* finishClose(p);
  }
}

function* mustClose(p, slot, known) {
  const instance = slot.instance;
  if (!instance || p.closed) { return Boolean(instance); }
  const config = known || (yield* peek(p));
  if (config.refused) { return false; }
  const section = config.sections[slot.name];
  return !section || CLEARING.includes(modeOf(section))
      || (instance.section !== section && instance.path !== pathOf(section));
}

function* evictLocked(p, slot) {
  if (yield compareAndSet(p, slot, 0n, CLOSING)) { // E1
    yield* closeStore(p, slot, slot.instance);
    yield add(p, slot, CLOSED - CLOSING);
  }
}

function* closeStore(p, slot, instance) {
  slot.instance = null;
  yield closeFiles(p, instance);
  delete p.claims[instance.identity];
}

function* evictUnlessBusy(p, slot) {
  if (!slot.mutex.held) {
    slot.mutex.held = true;
    yield* evictLocked(p, slot);
    slot.mutex.held = false;
    yield* evictIfMissed(p, slot);
  }
}

/** C1: the closer only tried the mutex. */
function* evictIfMissed(p, slot) {
  if (p.closed && (yield getWord(p, slot)) === 0n) { yield* evictUnlessBusy(p, slot); }
}

/** A closed registry ends when every word is CLOSED. */
function* finishClose(p) {
  if (!p.closed) { return; }
  for (let name of Object.keys(p.slots)) {
    if ((yield getWord(p, p.slots[name])) !== CLOSED) { return; }
  }
  yield access('locks.close', undefined, undefined, () => {});
  yield access('ledger.close', undefined, undefined, () => { delete p.m.ledgers[p.id]; });
}

// ---- Watcher (T1, T2), and who decides (M1 to M4) ----

function* sweepOne(p, slot, known) {
  if ((yield getWord(p, slot)) === 0n && (yield* mustClose(p, slot, known))) {
    yield* evictUnlessBusy(p, slot);
    yield* finishClose(p);
  }
}

function* sweep(p) {
  const known = p.closed ? {sections: {}} : (yield* peek(p));
  for (let name of known.refused ? [] : Object.keys(p.slots)) { yield* sweepOne(p, p.slots[name], known); }
}

function* refresh(p) {
  const cached = p.snapshot;
  if (!p.closed && cached && (yield* isOfNow(p, cached)) && isYoung(p, cached)) {
    yield inPlace('ledger');
    yield inPlace('generation');
  } else if (!p.closed) {
    yield* withConfigLock(p, () => current(p));
  }
  yield* sweep(p);
  yield* finishClose(p);
}

/** The words of all live processes, with the config lock held. */
function* census(p, name) {
  const own = p.slots[name] ? (yield getWord(p, p.slots[name])) : CLOSED;
  const sum = {reads: reads(own), writes: writes(own), drained: own === CLOSED};
  const others = yield access('ledgers.others', undefined, undefined,
      () => p.m.processes.map(o => o.id).filter(id => id !== p.id && p.m.ledgers[id]));
  for (let other of others) {
    const key = other + ' ' + name;
    const word = yield access('ledger.word', key, undefined, () => (key in p.m.words ? p.m.words[key] : CLOSED));
    if (word === CLOSED) { continue; }
    const dead = yield access('ledger.ownerDied', other, undefined, () => {
      const died = p.m.ledgers[other] === 'dead';
      if (died) { delete p.m.ledgers[other]; }
      return died;
    });
    if (!dead) {
      sum.reads += reads(word);
      sum.writes += writes(word);
      sum.drained = false;
    }
  }
  return sum;
}

function isDrained(sum, mode) {
  return CLEARING.includes(mode) ? sum.drained : sum.writes === 0 && (admits(mode, 'READ') || sum.reads === 0);
}

/** S1, M1: with the datastore's maintenance lock, or not at all. */
function* maintaining(p, name, mustExist, work) {
  if (p.closed) { return refused('RegistryClosed'); }
  const found = mustExist ? (yield* read(p)) : {sections: {}};
  if (found.refused) { return found; }
  if (mustExist && !found.sections[name]) { return refused('NoSuchDatastore'); }
  if (!(yield* acquire(p, name, 0))) { return refused('MaintenanceInProgress'); }
  const result = yield* work();
  yield* release(p, name);
  return result;
}

/** S2: the name is free, and the path not that of another section, above it or below it. */
function hasRoom(config, section) {
  const path = pathOf(section) + '/', others = Object.keys(config.sections).map(name => config.sections[name]);
  return !config.sections[section.name]
      && others.every(o => !(pathOf(o) + '/').startsWith(path) && !path.startsWith(pathOf(o) + '/'));
}

function* create(p, name, path, comment) {
  return yield* maintaining(p, name, false, function* () {
    const device = path.startsWith('/mnt/datastore/') ? DEVICE : null;
    const section = {name, comment, path: device ? 'x' : path, 'backing-device': device};
    const found = yield* read(p);
    if (found.refused) { return found; }
    if (!hasRoom(found, section)) { return refused('EditRefused'); }
    const unmounted = yield* requireMounted(p, section);
    if (unmounted) { return unmounted; }
    yield access('files.create', path, undefined, () => { if (!p.m.lockFiles[path]) { makeLockFile(p.m, path); } });
    return yield* lockAndSave(p, c => (hasRoom(c, section) ? edited(c, name, section) : refused('EditRefused')));
  });
}

/** M2, M3: null once nobody has what the mode refuses. */
function* awaitDrained(p, name, mode, timeout) {
  const start = p.m.clock;
  while (true) {
    if (p.slots[name]) { yield* sweepOne(p, p.slots[name], null); }
    const sum = yield* withConfigLock(p, () => census(p, name));
    if (sum.refused) { return sum; }
    if (isDrained(sum, mode)) {
      const again = yield* withConfigLock(p, function* () {
        const wrong = yield* save(p, c => stillIn(c, name, mode)); // M3
        return wrong || (yield* census(p, name));
      });
      if (again.refused || isDrained(again, mode)) { return again.refused ? again : null; }
    }
    if (p.m.clock - start >= timeout) { return refused('DatastoreInUse'); }
    yield* sleep(p.m, DRAIN_POLL);
  }
}

function* drain(p, name, mode, timeout) {
  return yield* maintaining(p, name, true, function* () { // M1
    let before = 'none', path = '';
    let wrong = yield* lockAndSave(p, c => {
      before = c.sections[name] ? modeOf(c.sections[name]) : 'none';
      return withMode(c, name, mode);
    }, mode === 'delete' ? name : null);
    if (wrong) { return wrong; }
    wrong = yield* awaitDrained(p, name, mode, timeout);
    const end = (c, then) => { const still = stillIn(c, name, mode); return still.refused ? still : then(still); };
    const unset = value => c => end(c, s => edited(s, name, {'maintenance-mode': value === 'none' ? null : value}));
    if (wrong) {
      if (mode !== 'delete') { yield* lockAndSave(p, unset(before)); }
      return wrong;
    }
    path = pathOf(parse(p.m.config, null).sections[name]);
    if (timeout > 0) { yield* sleep(p.m, TASK); } // the task itself
    if (mode === 'delete') { delete p.m.lockFiles[path]; }
    return yield* lockAndSave(p, mode === 'delete' ? c => end(c, s => without(s, name)) : unset('none')); // M4
  });
}

// ---- Commands ----

/** Keeps a handle, as the tests do: a writer also has the shared lock of its .lock. */
function* hold(p, handle) {
  if (handle.refused) { return handle.refused; }
  if (handle.operation === 'WRITE') { yield access('store.lock', handle.instance.path, undefined, () => {}); }
  p.held.push(handle);
  p.files = handle.instance ? handle.instance.number : undefined;
  return 'granted ' + handle.section.comment + '@' + pathOf(handle.section);
}

function* close(p, name) {
  const handle = p.held.find(each => each.section.name === name);
  if (!handle) { return 'nothing'; }
  p.held.splice(p.held.indexOf(handle), 1);
  if (handle.operation === 'WRITE') { yield access('store.unlock', undefined, undefined, () => {}); }
  handle.closed = true;
  if (handle.slot) { yield* drop(p, handle.slot, handle.operation); }
  return 'done';
}

/** D2 */
function* duplicate(p, name) {
  const source = p.held.find(each => each.section.name === name);
  if (!source) { return 'nothing'; }
  if (source.slot) { yield add(p, source.slot, unit(source.operation)); }
  if (source.closed) {
    if (source.slot) { yield* drop(p, source.slot, source.operation); }
    return 'nothing';
  }
  return yield* hold(p, granted(source.slot, source.operation, source.section, source.instance));
}

function* answer(result) {
  const wrong = yield* result;
  return wrong && wrong.refused ? wrong.refused : 'done';
}

const modeText = text => text.replace('_', '-');
const millis = text => (text ? Number(text) * 1e6 : 0);
const version = m => 'v' + ++m.versions;

/** Commands of processes: what follows `p0: `, and how it is done. */
const FORMS = [
  [/^lookup (\S+) (READ|WRITE|LOOKUP)$/, function* (p, a) { return yield* hold(p, (yield* lookup(p, a[1], a[2]))); }],
  [/^close the registry$/, function* (p) {
    p.closed = true;
    yield* sweep(p);
    yield* finishClose(p);
    return 'done';
  }],
  [/^close (\S+)$/, (p, a) => close(p, a[1])],
  [/^duplicate (\S+)$/, (p, a) => duplicate(p, a[1])],
  [/^save (\S+) comment$/, (p, a) => {
    const comment = version(p.m);
    return answer(lockAndSave(p, c => (c.sections[a[1]] ? edited(c, a[1], {comment}) : refused('NoSuchDatastore'))));
  }],
  [/^save (\S+) (\S+)$/, (p, a) => answer(
      maintaining(p, a[1], true, () => lockAndSave(p, c => withMode(c, a[1], modeText(a[2])))))],
  [/^create (\S+) at (\S+)$/, (p, a) => answer(create(p, a[1], a[2], version(p.m)))],
  [/^destroy (\S+?)(?: in (\d+) ms)?$/, (p, a) => answer(drain(p, a[1], 'delete', millis(a[2])))],
  [/^run in (\S+): (\S+?)(?: in (\d+) ms)?$/, (p, a) => answer(drain(p, a[2], modeText(a[1]), millis(a[3])))],
  [/^count (\S+)$/, function* (p, a) {
    const sum = yield* withConfigLock(p, () => census(p, a[1]));
    return sum.refused || 'done ' + sum.reads + '/' + sum.writes;
  }],
  [/^refresh$/, (p) => answer(refresh(p))],
  [/^rests (\d+) ms$/, (p, a) => answer(sleep(p.m, millis(a[1])))]
];

/** What somebody outside does to the machine, at once. */
const OUTSIDE = [
  [/^wait (\d+) s$/, (m, a) => { m.clock += Number(a[1]) * 1e9; }],
  [/^bump$/, m => { m.generation++; }],
  [/^(\S+)\/\.lock made anew$/, (m, a) => makeLockFile(m, a[1])],
  [/^(\S+)\/\.lock is that of (\S+)$/, (m, a) => { m.lockFiles[a[1]] = m.lockFiles[a[2]]; }],
  [/^(\S+) is (broken|repaired)$/, (m, a) => { m.broken[a[1]] = a[2] === 'broken'; }],
  [/^config (locked|unlocked)$/, (m, a) => { m.lockedOutside = a[1] === 'locked'; }],
  [/^mount (\S+): (\S+)$/, (m, a) => { m.mounts[a[1]] = a[2].toUpperCase(); }],
  [/^editor: half-written$/, m => { m.config = TORN + '\n' + m.config; }],
  [/^editor: complete$/, m => { m.config = m.config.replace(TORN + '\n', ''); }],
  [/^editor: (\S+) gone$/, (m, a) => { m.config = format(without(parse(m.config, null), a[1]).sections); }],
  [/^editor: (\S+) comment$/, (m, a) => editByHand(m, a[1], {comment: version(m)})],
  [/^editor: (\S+) at (\S+)$/, (m, a) => editByHand(m, a[1], {comment: version(m), path: a[2]})],
  [/^editor: (\S+) (\S+)$/, (m, a) => editByHand(m, a[1], {'maintenance-mode': modeText(a[2])})]
];

function editByHand(m, name, changes) { m.config = format(edited(parse(m.config, null), name, changes).sections); }

function formOf(forms, text) { return forms.find(form => form[0].test(text)); }

function isKnown(command) {
  return Boolean(formOf(OUTSIDE, command) || formOf(FORMS, command.replace(/^p\d+: /, '')));
}

function* run(m, command) {
  const outside = formOf(OUTSIDE, command);
  if (outside) {
    yield {op: 'outside', command, act: () => { outside[1](m, command.match(outside[0])); }};
    return 'done';
  }
  const p = m.processes[Number(command.match(/^p(\d+): /)[1])], text = command.replace(/^p\d+: /, '');
  const form = formOf(FORMS, text);
  yield {op: 'begin', command, process: p};
  const said = p.alive ? (yield* form[1](p, text.match(form[0]))) : 'nothing';
  yield {op: 'end', command, answer: said, files: said.startsWith('granted') ? p.files : undefined};
  return said;
}

function* thread(m, commands) {
  for (let command of commands) { yield* run(m, command); }
}

// ---- The replay ----

const show = value => (typeof value === 'bigint' ? hex(value) : value);
const text = value => JSON.stringify(value === undefined ? null : value);

/** One command after the other, with nobody else at work. */
function alone(m, commands) {
  return commands.map(command => {
    const program = run(m, command);
    let next = program.next();
    while (!next.done) {
      const now = next.value;
      if (now.until) { m.clock = Math.max(m.clock, now.until); }
      next = program.next(now.act ? now.act() : undefined);
    }
    return next.value;
  });
}

function killed(m, threads, id) {
  const p = m.processes[Number(id.substring(1))];
  p.alive = false;
  m.ledgers[id] = 'dead';
  m.open = m.open.filter(file => file.by !== id);
  Object.keys(m.locks).forEach(name => { if (m.locks[name] === id) { delete m.locks[name]; } });
  threads.forEach(t => { t.dead = t.dead || t.process === p; });
}

function differs(state, expected) {
  const keys = Object.keys(state);
  return keys.length !== Object.keys(expected).length || keys.some(key => state[key] !== expected[key]);
}

/** Goes one step of a thread; what is wrong with it, or null. */
function goOn(m, t, step) {
  t.next = t.next || t.program.next();
  if (t.dead || t.next.done) { return 'T' + step.t + ' has ended, expected ' + text(step); }
  const now = t.next.value;
  for (let key of ['op', 'on', 'with', 'command', 'answer', 'files']) {
    if (now[key] !== step[key] && text(now[key]) !== text(step[key])) {
      return key + ' is ' + text(now[key]) + ', expected ' + text(step);
    }
  }
  if (now.op === 'wakes') {
    m.clock = step.clock;
    if (now.needs && !now.needs()) { return 'T' + step.t + ' cannot go on, expected ' + text(step); }
  }
  if (now.op === 'begin') { t.process = now.process; }
  if (now.op === 'end') { t.process = null; }
  const got = now.act ? show(now.act()) : undefined;
  if (got !== step.got && text(got) !== text(step.got)) { return 'got ' + text(got) + ', expected ' + text(step); }
  t.got = got === undefined || now.op.indexOf('word') < 0 || typeof got !== 'string' ? got : BigInt('0x' + got);
  return null;
}

/** Replays one trace; the first thing that is wrong, or null. */
function replay(trace) {
  const m = newMachine(trace);
  const answers = alone(m, trace.program.before);
  const expected = Object.assign({}, trace.start.state);
  if (text(answers) !== text(trace.start.answers) || differs(stateOf(m), expected)) {
    return trace.id + ' start: ' + text(answers) + ' ' + text(stateOf(m)) + ', expected ' + text(trace.start);
  }
  const threads = trace.program.threads.map(
      commands => ({program: thread(m, commands), next: null, dead: false, process: null, got: undefined}));
  for (let i = 0; i < trace.steps.length; i++) {
    const step = trace.steps[i], where = trace.id + ' step ' + (i + 1) + ': ';
    const t = step.t ? threads[step.t - 1] : null;
    const wrong = t ? goOn(m, t, step) : killed(m, threads, step.command);
    if (wrong) { return where + wrong; }
    const sets = step.sets || {};
    Object.keys(sets).forEach(key => { if (sets[key] === null) { delete expected[key]; } else { expected[key] = sets[key]; } });
    if (differs(stateOf(m), expected)) {
      return where + 'state is ' + text(stateOf(m)) + ', expected ' + text(expected) + ' after ' + text(step);
    }
    if (t) { t.next = t.program.next(t.got); }
  }
  if (threads.some(t => !t.dead && t.next && !t.next.done)) { return trace.id + ' end: a thread goes on'; }
  const after = alone(m, trace.program.after);
  return text(after) === text(trace.end.answers) && !differs(stateOf(m), trace.end.state) ? null
    : trace.id + ' end: ' + text(after) + ' ' + text(stateOf(m)) + ', expected ' + text(trace.end);
}

/** Replays all lines: how many, which were left out because of a command, and what is wrong. */
function replayAll(lines) {
  const result = {replayed: 0, leftOut: [], wrong: []};
  lines.split('\n').filter(line => line !== '').forEach(line => {
    const trace = JSON.parse(line), program = trace.program;
    const commands = program.before.concat(program.after, program.threads.reduce((all, one) => all.concat(one), []));
    if (!commands.every(isKnown)) {
      result.leftOut.push(trace.id);
      return;
    }
    result.replayed++;
    const wrong = replay(trace);
    if (wrong) { result.wrong.push(wrong); }
  });
  return JSON.stringify(result);
}

if (typeof process === 'object' && typeof require === 'function') {
  const file = process.argv[2] || require('path').join(__dirname, 'traces.jsonl');
  const result = JSON.parse(replayAll(require('fs').readFileSync(file, 'utf8')));
  result.wrong.forEach(line => console.log(line));
  console.log(result.replayed + ' replayed, ' + result.wrong.length + ' wrong, left out: ' + (result.leftOut.join(' ') || 'none'));
  process.exitCode = result.wrong.length ? 1 : 0;
}
