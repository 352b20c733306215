// Ledgers on real files, for files.js: layout, growth, death, and who is alive, as docs/protocol.md has them.
'use strict';

const SEGMENT = 65536, ENTRY = 64, LEDGER_MAGIC = '44534c4544474552', LEDGER_VERSION = 2;
const VERSION_AT = 8, COUNT_AT = 12, PID_AT = 16, DEVICE_AT = 24, INODE_AT = 32, END_AT = 40; // in the header
const LENGTH_AT = 8, NAME_AT = 12; // in an entry
const NO_PAGE = '0:0', CLOSED_BY_OWNER = 1, FOUND_DEAD = 2;
const LEDGER_NAME = /^[1-9]\d*-(?:(?:0|[1-9]\d*)-(?:0|[1-9]\d*)-)?[0-9a-f]{16}\.ops$/; // with two numbers less: layout 1
const SECTION_ID = /^[A-Za-z0-9_][A-Za-z0-9._-]{2,31}$/;
const PROCESS_EXITING = 4; // PF_EXITING of the kernel

const bytesOf = text => Array.from(text, each => each.charCodeAt(0).toString(16).padStart(2, '0')).join('');
const textOf = bytes => bytes.replace(/../g, each => String.fromCharCode(parseInt(each, 16)));

// ---- Who lives ----

/** State, flags and start of a process; null if `/proc` shows none. */
function shown(pid) {
  const text = unless(null, null, () => sys('text', '/proc/' + pid + '/stat'));
  if (text === null) { return null; }
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' '); // from the third on; the second may have spaces
  return {state: fields[0], flags: Number(fields[6]), start: fields[19]};
}

const pidNamespace = () => unless(null, '0', () => sys('readLink', '/proc/self/ns/pid').match(/\d+/)[0]);

/** Pid, start and namespace of this process, as the names of its ledgers have them. */
function ownName() {
  const pid = sys('pid'), self = shown(pid);
  return self === null ? [pid, 0, 0] : [pid, self.start, pidNamespace()];
}

/** Refuses a second registry of this process, before anything of the first one is opened and closed again. */
function requireNoOther(run) {
  const own = ownName().join('-') + '-';
  if (sys('list', run).some(each => LEDGER_NAME.test(each) && each.startsWith(own))) {
    throw new Unusable('this process has a registry there: ' + run);
  }
}

/** True of the owner of a ledger that is in this namespace, by pid and start. */
function isShown(ledger) {
  const parts = ledger.split('-'), found = parts.length === 4 && parts[2] === pidNamespace() ? shown(parts[0]) : null;
  return found !== null && found.start === parts[1] && !'ZX'.includes(found.state) && !(found.flags & PROCESS_EXITING);
}

// ---- Ledgers ----

/** True if the first segment is that of a ledger of this layout. */
const isOurs = map => sys('get64', map, 0) === LEDGER_MAGIC && sys('get32', map, VERSION_AT) === LEDGER_VERSION;

/** Where an entry is: its map, and the offset in that. */
const placeOf = (maps, index) => [maps[Math.floor((index + 1) * ENTRY / SEGMENT)], (index + 1) * ENTRY % SEGMENT];
const segmentsFor = count => Math.floor(count * ENTRY / SEGMENT) + 1;

/** The ledger of this process; its file is never opened a second time, which would drop its lock. */
class OwnLedger {
  constructor(run, page) {
    this.name = ownName().join('-') + '-' + sys('random') + '.ops';
    this.path = run + '/' + this.name;
    this.places = {};
    this.count = 0;
    const hidden = run + '/.' + this.name + '.' + sys('random') + '.tmp';
    this.number = sys('open', hidden, 'new');
    try {
      sys('chmod', hidden, SHARED_MODE); // before the lock, as it may open the file
      if (!sys('lock', this.number, 0, 0, false)) { throw new Unusable('locked: ' + hidden); }
      this.identity = sys('stat', hidden).identity;
      sys('zeros', this.number, 0, SEGMENT);
      this.maps = [sys('map', this.number, 0, SEGMENT)];
      const [device, inode] = page.split(':').map(BigInt);
      sys('put64', this.maps[0], PID_AT, hex(BigInt(sys('pid'))));
      sys('put64', this.maps[0], DEVICE_AT, hex(device));
      sys('put64', this.maps[0], INODE_AT, hex(inode));
      sys('put32', this.maps[0], VERSION_AT, LEDGER_VERSION);
      sys('put64', this.maps[0], 0, LEDGER_MAGIC);
      sys('rename', hidden, this.path);
    } catch (e) {
      sys('close', this.number);
      removeQuietly(hidden);
      throw e;
    }
    this.info = this.lockInfo();
  }

  /** The file of `/proc` that shows the lock of this descriptor; null where none does. */
  lockInfo() {
    const found = sys('list', '/proc/self/fd')
      .find(each => unless(null, null, () => sys('readLink', '/proc/self/fd/' + each)) === this.path);
    const info = '/proc/self/fdinfo/' + found;
    return found !== undefined && this.isLocked(info) ? info : null;
  }

  isLocked(info) { return /^lock:.*\sPOSIX\s.*\sWRITE\s/m.test(unless(null, '', () => sys('text', info))); }

  append(name) {
    const segments = this.maps.length;
    if (segmentsFor(this.count + 1) > segments) {
      sys('zeros', this.number, segments * SEGMENT, SEGMENT);
      this.maps.push(sys('map', this.number, segments * SEGMENT, SEGMENT));
    }
    const [map, at] = placeOf(this.maps, this.count);
    sys('put64', map, at, hex(CLOSED));
    sys('put32', map, at + LENGTH_AT, name.length);
    sys('putBytes', map, at + NAME_AT, bytesOf(name));
    this.places[name] = [map, at];
    sys('put32', this.maps[0], COUNT_AT, ++this.count); // last: whoever reads the count finds the entry
  }

  /** T3 */
  inPlace() {
    const found = sys('stat', this.path);
    if (found === null || found.identity !== this.identity || found.size < this.maps.length * SEGMENT) { return false; }
    return isOurs(this.maps[0]) && sys('get32', this.maps[0], END_AT) === 0 && (this.info === null || this.isLocked(this.info));
  }

  close() {
    sys('put32', this.maps[0], END_AT, CLOSED_BY_OWNER);
    removeQuietly(this.path);
    sys('close', this.number); // which unlocks it
  }
}

/** Ledgers of other processes in a run directory. */
class OtherLedgers {
  constructor(run, page) {
    this.run = run;
    this.page = page;
    this.known = {};
    this.dead = new Set();
  }

  names(own) {
    return sys('list', this.run).filter(each => LEDGER_NAME.test(each) && each !== own && !this.dead.has(each));
  }

  /** A word of a ledger; CLOSED if it has none, or if its owner died. */
  word(ledger, name) {
    try {
      const found = this.read(ledger);
      return name in found.places ? sys('get64', ...found.places[name]) : hex(CLOSED);
    } catch (e) {
      if (e instanceof Unusable && this.ownerDied(ledger)) { return hex(CLOSED); }
      throw e;
    }
  }

  /** What the ledger has by now; an owner that lives and cannot be read is a failure. */
  read(ledger) {
    const path = this.run + '/' + ledger, size = (sys('stat', path) || {size: 0}).size;
    if (size < SEGMENT) { throw new Unusable('shorter than one segment: ' + path); }
    const found = this.known[ledger] || (this.known[ledger] = {maps: [], places: {}, count: 0});
    this.mapSegments(path, found.maps, 1);
    if (!isOurs(found.maps[0])) { throw new Unusable('wrong magic or version: ' + path); }
    const page = [DEVICE_AT, INODE_AT].map(at => word(sys('get64', found.maps[0], at))).join(':');
    if (page !== this.page && page !== NO_PAGE) { throw new Unusable('uses another generation page: ' + path); }
    const count = sys('get32', found.maps[0], COUNT_AT);
    if (count < found.count || segmentsFor(count) * SEGMENT > size) { throw new Unusable('count=' + count + ': ' + path); }
    this.mapSegments(path, found.maps, segmentsFor(count));
    while (found.count < count) {
      const [map, at] = placeOf(found.maps, found.count), length = sys('get32', map, at + LENGTH_AT);
      const name = length < 0 || length > 32 ? '' : textOf(sys('getBytes', map, at + NAME_AT, length));
      if (!SECTION_ID.test(name) || name in found.places) { throw new Unusable('bad or repeated name: ' + path); }
      found.places[name] = [map, at];
      found.count++;
    }
    return found;
  }

  mapSegments(path, maps, wanted) {
    if (maps.length >= wanted) { return; }
    const number = sys('open', path, 'read');
    try {
      while (maps.length < wanted) { maps.push(sys('map', number, maps.length * SEGMENT, SEGMENT)); }
    } finally {
      sys('close', number);
    }
  }

  /** The probe; what is found dead is remembered, and deleted if that is possible. */
  ownerDied(ledger) {
    const path = this.run + '/' + ledger;
    if (!this.isDead(ledger, path)) { return false; }
    this.dead.add(ledger);
    for (let map of this.known[ledger] ? this.known[ledger].maps : []) { sys('forget', map); }
    delete this.known[ledger];
    removeQuietly(path);
    return true;
  }

  isDead(ledger, path) {
    const open = how => unless('NoSuchFileException', 0, () => sys('open', path, how));
    let number = unless('AccessDeniedException', null, () => open('write'));
    const writable = number !== null;
    if (!writable) { number = open('read'); }
    if (number === 0) { return true; }
    let map = null;
    try {
      if (!sys('lock', number, 0, 0, true)) { return false; }
      map = sys('size', number) < END_AT + 4 ? null : sys('map', number, 0, END_AT + 4);
      if (sys('stat', path) === null || (map !== null && isOurs(map) && sys('get32', map, END_AT) !== 0)) { return true; }
      if (isShown(ledger)) { throw new Unusable('lost its lock: ' + path); }
      if (map !== null && writable) { sys('put32', map, END_AT, FOUND_DEAD); } // before anybody counts it as dead
      return true;
    } finally {
      if (map !== null) { sys('forget', map); }
      sys('close', number);
    }
  }
}
