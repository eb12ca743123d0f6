// JSON as text that keeps what JavaScript's own numbers and objects lose: 64-bit integers, and the
// order of fields.

// A leaf is {text}; a list {items}; an object {fields: [[name, value], ...]}.
function parseJson(text) {
  let at = 0;
  const leaf = /"(?:[^"\\]|\\.)*"|[^,:\[\]{}"\s]+/y;
  const takeLeaf = () => {
    leaf.lastIndex = at;
    const found = leaf.exec(text);
    if (!found) throw new SyntaxError('no JSON at ' + at);
    at = leaf.lastIndex;
    return found[0];
  };
  const skip = () => { while (/[\s,:]/.test(text[at] || 'x')) ++at; };
  const value = () => {
    skip();
    const open = text[at];
    if (open !== '{' && open !== '[') return {text: takeLeaf()};
    const close = open === '{' ? '}' : ']';
    const parts = [];
    for (++at, skip(); text[at] !== close; skip()) {
      parts.push(open === '{' ? [JSON.parse(takeLeaf()), value()] : value());
    }
    ++at;
    return open === '{' ? {fields: parts} : {items: parts};
  };
  return value();
}

// Of a student's state: it may be anything, also nothing.
function tryJson(text) {
  try {
    return text ? parseJson(text) : null;
  } catch {
    return {text};
  }
}

// On one line, without the quotes around names: {number: 1, entry: "one"}.
function briefJson(value) {
  if (!value) return '';
  if (value.items) return '[' + value.items.map(briefJson).join(', ') + ']';
  if (!value.fields) return value.text;
  return '{' + value.fields.map(([name, part]) => name + ': ' + briefJson(part)).join(', ') + '}';
}

// On many lines, as DOM. What is not the same in `before` is marked; undefined: mark nothing.
function showJson(into, value, before, indent = '') {
  const kept = before === undefined || (before && briefJson(before) === briefJson(value));
  const brief = briefJson(value);
  const parts = value.fields || value.items;
  const isShort = brief.length < 44 && (kept || !value.fields);  // a change is marked by its field
  if (!parts || !parts.length || isShort) {
    into.append(kept ? brief : element('mark', {}, brief));
    return;
  }
  const inner = indent + '  ';
  const old = new Map(kept ? [] : partsOf(before));
  into.append(value.fields ? '{' : '[');
  for (const [name, part] of partsOf(value)) {
    into.append('\n' + inner);
    if (value.fields) into.append(name + ': ');
    showJson(into, part, kept ? undefined : old.get(name) || null, inner);
  }
  into.append('\n' + indent + (value.fields ? '}' : ']'));
}

// By name, or by place in a list.
function partsOf(value) {
  if (!value) return [];
  return value.fields || (value.items || []).map((part, i) => [i, part]);
}

// The only way in which this page makes elements: text stays text, whatever it holds.
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== false) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}
