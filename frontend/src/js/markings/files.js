// The words of a chosen file, read in the browser: tanxin.core.uploads.texts in another language.
import { pdfTexts } from "./pdf.js";

const MOST_TEXT = 4 * 2 ** 20;
const MOST_BYTES = 64 * 2 ** 20;
const WORDY =
  /^(?:word\/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml|xl\/(?:sharedStrings|comments\d*|worksheets\/[^/]+)\.xml|ppt\/(?:slides|notesSlides)\/[^/]+\.xml|docProps\/(?:core|app|custom)\.xml|content\.xml|styles\.xml|meta\.xml)$/;
const INNER = /\.(?:txt|csv|lrmx?|docx|xlsx|pptx|pdf|odt|ofd|md|html?)$/i;
const LINE_ENDS =
  /<\/(?:w:p|a:p|text:p|text:h|si|is|c|v|row|dc:\w+|cp:\w+|p|div|tr|td)>|<w:br\b[^>]*>|<br\b[^>]*>/g;
const SIGNS = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&", nbsp: " ", starf: "★", star: "☆", bigstar: "★" };

export async function* textsOf(file) {
  const bytes = new Uint8Array(await file.slice(0, MOST_BYTES).arrayBuffer());
  yield* textsIn(bytes, false);
}

export async function* textsIn(bytes, within) {
  if (startsWith(bytes, "PK\x03\x04")) yield* archiveTexts(bytes, within);
  else if (startsWith(bytes, "%PDF")) yield* pdfTexts(bytes, inflated);
  else yield* plainTexts(bytes.subarray(0, MOST_TEXT));
}

const startsWith = (bytes, sign) => [...sign].every((letter, at) => bytes[at] === letter.charCodeAt(0));

function* plainTexts(bytes) {
  const text = decoded(bytes);
  yield text;
  if (text.includes("<")) yield markedUp(text);
}

function decoded(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

function markedUp(text) {
  const words = text.replace(LINE_ENDS, "\n").replace(/<[^<>]*>/g, "");
  return words.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{1,8}));/gi, (whole, tens, hex, name) => {
    if (name) return SIGNS[name] ?? whole;
    const code = tens ? Number(tens) : parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

async function* archiveTexts(bytes, within) {
  let left = MOST_TEXT;
  for (const entry of entriesOf(bytes)) {
    if (left <= 0) return;
    yield entry.name;
    const wordy = WORDY.test(entry.name);
    if (!wordy && (within || !INNER.test(entry.name))) continue;
    const held = await unpacked(bytes, entry, wordy ? left : MOST_BYTES);
    left -= held.length;
    if (wordy) yield markedUp(new TextDecoder().decode(held));
    else yield* textsIn(held, true);
  }
}

function* entriesOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && end > bytes.length - 66_000 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) return;
  let at = view.getUint32(end + 16, true);
  for (let left = Math.min(view.getUint16(end + 10, true), 2000); left > 0; left--) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return;
    const [nameLength, moreLength, noteLength] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    yield {
      name: decoded(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      size: view.getUint32(at + 20, true),
      start: view.getUint32(at + 42, true),
    };
    at += 46 + nameLength + moreLength + noteLength;
  }
}

async function unpacked(bytes, { method, size, start }, most) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (start + 30 > bytes.length) return new Uint8Array();
  const from = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
  const packed = bytes.subarray(from, from + size);
  if (method === 0) return packed.subarray(0, most);
  return method === 8 ? inflated(packed, "deflate-raw", most) : new Uint8Array();
}

/** At most `most` bytes; what was unpacked before a fault counts. */
export async function inflated(packed, format, most) {
  const parts = [];
  let length = 0;
  try {
    const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream(format)).getReader();
    while (length < most) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      length += value.length;
    }
    await reader.cancel();
  } catch {
    // Broken or followed by other bytes; the server refuses what is no file at all.
  }
  const whole = new Uint8Array(Math.min(length, most));
  let at = 0;
  for (const part of parts) {
    const fits = part.subarray(0, whole.length - at);
    whole.set(fits, at);
    at += fits.length;
  }
  return whole;
}
