// The words of a PDF, without a renderer: tanxin.core.uploads.pdf in another language.
const MOST_BYTES = 32 * 2 ** 20;
const MOST_TEXT = 4 * 2 ** 20;
const MOST_READINGS = 4;
const NOT_TEXT = /\/Subtype\s*\/Image\b|\/FontFile|\/Length[123]\b|\/Type\s*\/(?:XRef|Metadata)\b/;
const NAMED = /\/([^\s/<>[\]()]{1,127})\s{1,4}(\d{1,9})\s{1,4}\d{1,5}\s{1,4}R/g;
const TOKEN =
  /\/([^\s/<>[\]()]{1,127})\s{1,4}[-\d.]{1,12}\s{1,4}Tf\b|<([0-9A-Fa-f\s]*)>|\(((?:[^()\\]|\\[^]|\((?:[^()\\]|\\[^])*\))*)\)|(\b(?:Td|TD|Tm|ET)\b|T\*)/g;

const latin = (bytes) => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return text;
};
const bytesOf = (text) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

export async function* pdfTexts(bytes, inflated) {
  const parts = await partsIn(latin(bytes.subarray(0, MOST_BYTES)), inflated);
  const fonts = fontsIn(parts);
  let left = MOST_TEXT;
  for (const { head, body } of parts.values()) {
    if (left <= 0 || !body.includes("BT") || NOT_TEXT.test(head)) continue;
    left -= body.length;
    yield* readings(body, fonts);
  }
}

async function partsIn(text, inflated) {
  const parts = new Map();
  let left = MOST_TEXT * 4;
  for (const [, number, content] of text.matchAll(/(\d{1,9})\s{1,4}\d{1,5}\s{1,4}obj\b([^]*?)(?:\bendobj\b|$(?![^]))/g)) {
    const part = await partOf(content, left, inflated);
    left -= part.body.length;
    parts.set(Number(number), part);
    if (/\/Type\s*\/ObjStm\b/.test(part.head)) for (const [inner, held] of packedIn(part)) parts.set(inner, held);
  }
  return parts;
}

async function partOf(content, most, inflated) {
  const begins = /\bstream\r?\n/.exec(content);
  if (!begins) return { head: content, body: "" };
  const head = content.slice(0, begins.index);
  if (NOT_TEXT.test(head) || most <= 0) return { head, body: "" };
  const raw = content.slice(begins.index + begins[0].length);
  if (!/\/FlateDecode|\/Fl /.test(head)) return { head, body: raw.slice(0, most) };
  const length = /\/Length\s+(\d+)(?!\s+\d+\s+R)/.exec(head)?.[1] ?? raw.lastIndexOf("endstream");
  return { head, body: latin(await inflated(bytesOf(raw.slice(0, Number(length))), "deflate", most)) };
}

function* packedIn({ head, body }) {
  const start = Number(/\/First\s+(\d+)/.exec(head)?.[1] ?? NaN);
  if (Number.isNaN(start)) return;
  const numbers = body.slice(0, start).split(/\s+/).filter(Boolean).map(Number);
  for (let at = 0; at + 1 < numbers.length; at += 2) {
    const end = at + 3 < numbers.length ? start + numbers[at + 3] : body.length;
    yield [numbers[at], { head: body.slice(start + numbers[at + 1], end), body: "" }];
  }
}

function* fontLists(parts) {
  for (const { head } of parts.values()) {
    for (const found of head.matchAll(/\/Font\b(?:\s{1,4}(\d{1,9})\s{1,4}\d{1,5}\s{1,4}R)?/g)) {
      if (found[1]) yield (parts.get(Number(found[1]))?.head ?? "").slice(0, 4096);
      else yield head.slice(found.index + found[0].length, found.index + 4096).split(">>")[0];
    }
  }
}

function fontsIn(parts) {
  const fonts = new Map();
  const tables = new Map();
  for (const list of fontLists(parts)) {
    for (const [, name, number] of list.matchAll(NAMED)) {
      if (!tables.has(number)) tables.set(number, tableOf(parts, Number(number)));
      const table = tables.get(number);
      if (!fonts.has(name)) fonts.set(name, []);
      const known = fonts.get(name);
      if (table && known.length < MOST_READINGS && !known.includes(table)) known.push(table);
    }
  }
  return fonts;
}

function tableOf(parts, number) {
  const source = /\/ToUnicode\s{1,4}(\d{1,9})/.exec(parts.get(number)?.head ?? "")?.[1];
  return source ? tableIn(parts.get(Number(source))?.body ?? "") : null;
}

const tight = (digits) => digits.replace(/\s+/g, "");
const wordsOf = (digits) => (tight(digits).match(/.{1,4}/g) ?? []).map((code) => String.fromCharCode(parseInt(code.padEnd(4, "0"), 16))).join("");

function tableIn(source) {
  const signs = new Map();
  let width = 2;
  const put = (code, digits, text) => {
    width = Math.max(1, tight(digits).length >> 1);
    signs.set(code, text);
  };
  for (const [, kind, section] of source.matchAll(/begin(bfchar|bfrange)([^]*?)end\1/g)) {
    if (kind === "bfchar") {
      for (const [, code, text] of section.matchAll(/<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>/g)) {
        put(parseInt(tight(code), 16), code, wordsOf(text));
      }
      continue;
    }
    const ranges = /<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^\]]*)\])/g;
    for (const [, first, last, text, several] of section.matchAll(ranges)) {
      const start = parseInt(tight(first), 16);
      const end = Math.min(parseInt(tight(last), 16), start + 65_536);
      const listed = several?.match(/[0-9A-Fa-f\s]+(?=>)/g);
      const base = wordsOf(text ?? "");
      for (let at = 0; at <= end - start; at++) {
        const moved = base && base.slice(0, -1) + String.fromCharCode(base.charCodeAt(base.length - 1) + at);
        put(start + at, first, listed ? wordsOf(listed[at] ?? "") : moved);
      }
    }
  }
  return signs.size ? { width, signs } : null;
}

function read({ width, signs }, codes) {
  let out = "";
  for (let at = 0; at < codes.length; at += width) {
    let code = 0;
    for (const sign of codes.slice(at, at + width)) code = code * 256 + sign.charCodeAt(0);
    out += signs.get(code) ?? "";
  }
  return out;
}

const fromHex = (digits) => (tight(digits).match(/.{1,2}/g) ?? []).map((pair) => String.fromCharCode(parseInt(pair.padEnd(2, "0"), 16))).join("");
const ESCAPES = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
const unescaped = (literal) =>
  literal.replace(/\\([0-7]{1,3}|\r?\n|[^])/g, (_, said) =>
    /^[0-7]/.test(said) ? String.fromCharCode(parseInt(said, 8) & 0xff) : said.endsWith("\n") ? "" : (ESCAPES[said] ?? said),
  );

function* readings(body, fonts) {
  const tokens = [...body.matchAll(TOKEN)];
  const counts = tokens.filter(([, name]) => name).map(([, name]) => fonts.get(name)?.length ?? 0);
  for (let reading = 0; reading < Math.max(1, ...new Set(counts)); reading++) {
    let table = null;
    let out = "";
    for (const [, name, hex, literal, move] of tokens) {
      if (name) {
        const tables = fonts.get(name) ?? [];
        table = tables[Math.min(reading, tables.length - 1)] ?? null;
      } else if (move) out += "\n";
      else {
        const codes = hex !== undefined ? fromHex(hex) : unescaped(literal);
        out += table ? read(table, codes) : codes;
      }
    }
    yield out;
  }
}
