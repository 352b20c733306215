// The machine of port.js on real files: births, growth, deaths, layouts and locks as docs/protocol.md has them,
// by system calls of the host. It decides nothing of the protocol. One thread, and one registry at a time:
// closing the descriptors of a second one would drop the locks that the first one has on the same files.
'use strict';

const PAGE = 4096, PAGE_MAGIC = '19c6a8e69a848f83', GENERATION_AT = 24;
const SHARED_MODE = 0o660, DIRECTORY_MODE = 0o1770, CONFIG_MODE = 0o640, LARGEST_CONFIG = 64 << 20;
const DATASTORE_MODE = 0o770, DATASTORE_LOCK_MODE = 0o664;
const USE_POLL = 2e6, USE_TIMEOUT = 10e9;
const NO_TEXT = '\ufffd'; // what stands for bytes that are no UTF-8: a fault of the text, as no line is so

/** A system call that failed, or a file that is not as it has to be. */
class Unusable extends Error {
  constructor(message, kind) {
    super(message);
    this.kind = kind;
  }
}

function sys(...call) {
  const answer = JSON.parse(system.call(JSON.stringify(call)));
  if ('error' in answer) { throw new Unusable(answer.message, answer.error); }
  return answer.got;
}

/** The result of a call, or `otherwise` if it failed in that way. */
function unless(kind, otherwise, call) {
  try {
    return call();
  } catch (e) {
    if (e instanceof Unusable && (kind === null || e.kind === kind)) { return otherwise; }
    throw e;
  }
}

const parentOf = path => path.slice(0, path.lastIndexOf('/')) || '/';
const nameOf = path => path.slice(path.lastIndexOf('/') + 1);
const isFile = found => found !== null && (found.mode & 0o170000) === 0o100000;
const isDirectory = found => found !== null && (found.mode & 0o170000) === 0o040000;
const isAt = (path, identity) => { const found = sys('stat', path); return found !== null && found.identity === identity; };
const removeQuietly = path => unless(null, null, () => sys('remove', path));

/** Has what is unusable refuse the opening of a registry. */
function refusing(kind, call) {
  try {
    return call();
  } catch (e) {
    throw e instanceof Unusable ? new Refused(kind, e.message) : e;
  }
}

// ---- Births of files that several processes share ----

/** Makes a file in a directory of its own, where no other user reaches it, and has it put into its place. */
function born(path, mode, group, fill, place) {
  const directory = parentOf(path) + '/.' + nameOf(path) + '.' + sys('random') + '.tmp', file = directory + '/' + sys('random');
  sys('mkdir', directory);
  try {
    const made = sys('open', file, 'new');
    try {
      if (group !== null && sys('stat', file).gid !== group) { sys('chgrp', file, group); }
      sys('chmod', file, mode);
      fill(made);
    } finally {
      sys('close', made);
    }
    place(file);
  } finally {
    removeQuietly(file);
    removeQuietly(directory);
  }
}

/** Opens a file that lasts, and makes it if it is not there; the loser of that race takes the winner's. */
function openShared(path, fill) {
  if (sys('stat', path) === null) {
    born(path, SHARED_MODE, null, fill,
        file => unless('FileAlreadyExistsException', null, () => sys('link', file, path)));
  }
  const found = sys('stat', path);
  if (!isFile(found)) { throw new Unusable('not a file: ' + path); }
  const opened = {path, identity: found.identity, number: sys('open', path, 'write')};
  if (!isAt(path, opened.identity)) {
    sys('close', opened.number);
    throw new Unusable('exchanged: ' + path);
  }
  return opened;
}

function makeDirectories(path, mode) {
  if (sys('stat', path) !== null) { return; }
  makeDirectories(parentOf(path), mode);
  if (unless('FileAlreadyExistsException', false, () => sys('mkdir', path) === null)) { sys('chmod', path, mode); }
}

/** O3: makes the directory if it is not there, and looks whom it belongs to. */
function trusted(path) {
  makeDirectories(path, DIRECTORY_MODE);
  const found = sys('stat', path), self = sys('stat', '/proc/self/fd');
  const writable = (found.mode & 0o002) || ((found.mode & 0o020) && !(found.mode & 0o1000));
  if (!isDirectory(found) || (found.uid !== 0 && found.uid !== self.uid) || writable) {
    throw new Unusable('not to be trusted: ' + path);
  }
  return path;
}

// ---- Use files (O2) ----

/** Locks the file for life, and writes the pair if no other process has it; refuses another pair. */
function openUse(path, identity, other) {
  const file = openShared(path, () => {});
  try {
    const start = sys('nanos');
    while (!sys('lock', file.number, 1, 1, false)) { // another process opens
      if (sys('nanos') - start > USE_TIMEOUT) { throw new Unusable('is being opened: ' + path); }
      sys('sleep', USE_POLL);
    }
    if (sys('lock', file.number, 0, 1, false)) { // alone
      sys('writeText', file.number, identity + ' ' + other + '\n');
      sys('unlock', file.number, 0); // no process gets in between, as byte 1 is locked
    }
    if (!sys('lock', file.number, 0, 1, true)) { throw new Unusable('locked by something else: ' + path); }
    if (!sys('readText', file.number).startsWith(identity + ' ')) { throw new Unusable('live processes use something else: ' + path); }
    sys('unlock', file.number, 1);
    return file;
  } catch (e) {
    sys('close', file.number);
    throw e;
  }
}

// ---- The machine ----

/** The path of the config with its links followed; the file may be missing, its directory may not. */
function resolved(path) {
  return sys('stat', path) !== null ? sys('realPath', path) : sys('realPath', parentOf(path)) + '/' + nameOf(path);
}

function deltaOf(label) {
  const unit = label === '+CLOSING' ? CLOSED - CLOSING : UNITS.find(each => each[0] === label.slice(1))[1];
  return hex(label[0] === '-' ? (1n << 64n) - unit : unit);
}

/** What a registry has of its files, from its opening until its ledger is closed. */
class Machine {
  /** Opens all but lock files and datastores; a refusal leaves nothing open. */
  constructor(config, run) {
    Object.assign(this, {given: config, open: [], maps: [], locks: {}, stores: {}, strays: [], mutexes: new Set(), highest: hex(0n)});
    try {
      this.config = refusing('ConfigUnavailable', () => resolved(config));
      this.run = refusing('GenerationUnavailable',
          () => trusted(unless('NoSuchFileException', run, () => sys('realPath', run))));
      this.uses = refusing('LedgerUnavailable', () => this.openUses());
      this.page = refusing('GenerationUnavailable', () => this.openPage());
      this.ledger = refusing('LedgerUnavailable', () => new OwnLedger(this.run, this.page.identity));
    } catch (e) {
      this.close(this.open);
      throw e;
    }
    this.others = new OtherLedgers(this.run, this.page.identity);
    unless(null, null, () => this.prune());
  }

  /** Deletes the ledgers of the dead, so that no process looks for them while the config lock is held. */
  prune() {
    for (let other of this.others.names(this.ledger.name)) { unless(null, null, () => this.others.ownerDied(other)); }
  }

  kept(file) {
    this.open.push(file.number);
    return file;
  }

  /** Closes the descriptors of a list, which is empty then. */
  close(numbers) { numbers.splice(0).forEach(each => sys('close', each)); }

  /** A file beside the config: with its name, but for what is behind the last dot. */
  beside(ending) { return parentOf(this.config) + '/.' + nameOf(this.config).replace(/(.)\.[^.]*$/, '$1') + ending; }

  openUses() {
    const directory = parentOf(this.config);
    requireNoOther(this.run);
    return [[this.beside('.use'), sys('stat', this.run).identity, this.run],
      [this.run + '/config-use', sys('stat', directory).identity + '/' + nameOf(this.config), this.config]]
      .map(each => this.kept(openUse(...each)));
  }

  openPage() {
    const page = this.kept(openShared(this.run + '/config-versions', made => {
      sys('zeros', made, 0, PAGE);
      sys('write', made, 0, PAGE_MAGIC);
      sys('sync', made);
    }));
    if (sys('size', page.number) < PAGE) { throw new Unusable('shorter than a page: ' + page.path); }
    this.maps.push(sys('map', page.number, 0, PAGE));
    if (sys('getBytes', this.maps[0], 0, 8) !== PAGE_MAGIC) { throw new Unusable('wrong magic: ' + page.path); }
    return page;
  }

  /** Answers an access of port.js. */
  perform(access) {
    try {
      const got = OPERATIONS[access.op](this, access.on, access.with);
      return {got: got === undefined ? null : got};
    } catch (e) {
      if (e instanceof Unusable) { return {error: e.message}; }
      throw e;
    }
  }

  generation() { return this.seen(sys('get64', this.maps[0], GENERATION_AT)); }

  seen(generation) {
    if (generation > this.highest) { this.highest = generation; } // as numbers: equally many digits
    return generation;
  }

  /** T3, of the page and the use files. */
  inPlace() {
    const found = sys('stat', this.page.path);
    return found !== null && found.identity === this.page.identity && found.size >= PAGE
      && this.uses.every(each => isAt(each.path, each.identity))
      && sys('getBytes', this.maps[0], 0, 8) === PAGE_MAGIC && this.generation() >= this.highest;
  }

  /** O1 */
  configPath() {
    if (resolved(this.given) !== this.config) { throw new Unusable('leads to another file by now: ' + this.given); }
    return this.config;
  }

  readConfig() {
    const path = this.configPath(), found = sys('stat', path);
    if (found === null) { return null; }
    if (!isFile(found) || found.size > LARGEST_CONFIG) { throw new Unusable('not to be read: ' + path); }
    const text = () => unless('MalformedInputException', NO_TEXT, () => sys('text', path));
    return unless('NoSuchFileException', null, text);
  }

  replaceConfig(text) {
    const path = this.configPath(), before = sys('stat', path), directory = parentOf(path);
    this.removeLeftovers(directory, nameOf(path));
    born(path, CONFIG_MODE, before && before.gid, made => {
      sys('writeText', made, text);
      sys('sync', made);
    }, file => sys('rename', file, path));
    sys('syncDirectory', directory);
  }

  /** What a saver left that was killed: who holds the config lock is the only one who saves. */
  removeLeftovers(directory, name) {
    for (let each of sys('list', directory)) {
      const path = directory + '/' + each;
      if (each.startsWith('.' + name + '.') && /^[0-9a-f]{16}\.tmp$/.test(each.slice(name.length + 2)) && isDirectory(sys('stat', path))) {
        sys('list', path).filter(file => /^[0-9a-f]{16}$/.test(file)).forEach(file => removeQuietly(path + '/' + file));
        removeQuietly(path);
      }
    }
  }

  /** Lock files are opened once: closing any descriptor of one would drop its lock. */
  lock(name) {
    if (!this.locks[name]) {
      if (name !== 'config' && !SECTION_ID.test(name)) { throw new Unusable('no name of a file: ' + name); }
      this.locks[name] = openShared(name === 'config' ? this.beside('.lck')
        : trusted(this.run + '/locks') + '/' + name + '.lck', () => {});
    }
    return this.locks[name].number;
  }

  identify(path) {
    const found = path.startsWith('/') ? sys('stat', path + '/.lock') : null;
    if (!isFile(found)) { throw new Unusable('no lock file in ' + path); }
    return found.identity;
  }

  /** Opens exactly the file of this identity. */
  openStore(path, identity) {
    if (this.identify(path) !== identity) { throw new Unusable('another file by now: ' + path); }
    const number = sys('open', path + '/.lock', 'write');
    if (!isAt(path + '/.lock', identity)) {
      this.strays.push(number); // it may be that of another open store, whose locks would go with this descriptor
      throw new Unusable('another file by now: ' + path);
    }
    this.stores[number] = identity;
    return number;
  }

  closeStore(number) {
    delete this.stores[number];
    sys('close', number);
    if (Object.keys(this.stores).length === 0) { this.close(this.strays); }
  }

  createStore(path) {
    makeDirectories(path, DATASTORE_MODE);
    if (sys('stat', path + '/.lock') === null) {
      born(path + '/.lock', DATASTORE_LOCK_MODE, null, () => {},
          file => unless('FileAlreadyExistsException', null, () => sys('link', file, path + '/.lock')));
    }
  }

  closeLocks() {
    this.close(Object.values(this.locks).map(each => each.number));
    this.locks = {};
  }

  /** The end of the registry; what is mapped stays, as drops may come. */
  closeLedger() {
    if (this.ended) { return; }
    this.ended = true;
    this.ledger.close();
    this.close(this.open);
  }

  /** Gives the maps back of a registry that ended, and of which no caller has a handle. */
  forget() { this.maps.concat(this.ledger.maps).forEach(each => sys('forget', each)); }

  tryMutex(name) {
    const free = !this.mutexes.has(name);
    this.mutexes.add(name);
    return free;
  }
}

/** What each access of port.js is: of a machine, with what it is on and its value. */
const OPERATIONS = {
  'generation.get': m => m.generation(),
  'generation.increment': m => m.seen(hex((word(sys('add64', m.maps[0], GENERATION_AT, hex(1n))) + 1n) % (1n << 64n))),
  'generation.inPlace': m => m.inPlace(),
  'word.get': (m, on) => sys('get64', ...m.ledger.places[on]),
  'word.add': (m, on, label) => sys('add64', ...m.ledger.places[on], deltaOf(label)),
  'word.cas': (m, on, words) => sys('cas64', ...m.ledger.places[on], ...words),
  'ledger.append': (m, on) => m.ledger.append(on),
  'ledger.inPlace': m => m.ledger.inPlace(),
  'ledger.close': m => m.closeLedger(),
  'ledgers.others': m => m.others.names(m.ledger.name),
  'ledger.word': (m, on) => m.others.word(...on.split(' ')),
  'ledger.ownerDied': (m, on) => m.others.ownerDied(on),
  'config.read': m => m.readConfig(),
  'config.replace': (m, on, text) => m.replaceConfig(text),
  'lock.try': (m, on) => sys('lock', m.lock(on), 0, 0, false),
  'lock.unlock': (m, on) => sys('unlock', m.lock(on), 0),
  'locks.close': m => m.closeLocks(),
  'files.identify': (m, on) => m.identify(on),
  'files.open': (m, on, identity) => m.openStore(on, identity),
  'files.create': (m, on) => m.createStore(on),
  'store.close': (m, on) => m.closeStore(on),
  'mounts.status': () => 'NOT_MOUNTED', // removable datastores are not this port's
  'mutex.lock': (m, on) => m.tryMutex(on), // one thread: nobody to wait for
  'mutex.try': (m, on) => m.tryMutex(on),
  'mutex.unlock': (m, on) => { m.mutexes.delete(on); },
  'sleep': (m, on, nanos) => sys('sleep', Math.round(nanos)),
  'task': () => {
    sys('print', JSON.stringify({task: 'acts'}));
    return JSON.parse(sys('line')).task;
  }
};
