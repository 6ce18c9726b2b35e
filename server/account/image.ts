/**
 * Whether bytes are one whole PNG or JPEG and nothing else. Neither the sender's word nor the first bytes are enough: a file
 * can be an image at its beginning and something else behind it.
 */
import { crc32 } from 'node:zlib';
import { imageSize } from 'image-size';

export interface Image {
  type: 'image/png' | 'image/jpeg';
  /** The image without what may have stood behind it. */
  bytes: Buffer;
  width: number;
  height: number;
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The image, or undefined when the bytes are no complete one. */
export function readImage(given: Buffer): Image | undefined {
  const png = given.subarray(0, 8).equals(pngSignature);
  const jpeg = given[0] === 0xff && given[1] === 0xd8 && given[2] === 0xff;
  const end = png ? endOfPng(given) : jpeg ? endOfJpeg(given) : undefined;
  if (end === undefined) return undefined;
  const bytes = given.subarray(0, end);
  try {
    const { width, height, type } = imageSize(bytes);
    if (type !== (png ? 'png' : 'jpg') || !(width > 0) || !(height > 0)) return undefined;
    return { type: png ? 'image/png' : 'image/jpeg', bytes, width, height };
  } catch {
    return undefined;
  }
}

/** Where a PNG ends: behind IEND, with every chunk before it intact and pixels among them. */
function endOfPng(bytes: Buffer): number | undefined {
  let pixels = false;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    const next = at + 12 + size;
    if (next > bytes.length) return undefined;
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (crc32(bytes.subarray(at + 4, next - 4)) !== bytes.readUInt32BE(next - 4)) return undefined;
    if ((at === 8) !== (name === 'IHDR')) return undefined;
    if (name === 'IDAT') pixels = true;
    if (name === 'IEND') return pixels ? next : undefined;
    at = next;
  }
  return undefined;
}

/** Where a JPEG ends: behind its EOI, with a frame and a scan before it. */
function endOfJpeg(bytes: Buffer): number | undefined {
  let [frame, scan] = [false, false];
  for (let at = 2; at + 2 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) return frame && scan ? at + 2 : undefined;
    if (at + 4 > bytes.length) return undefined;
    const size = bytes.readUInt16BE(at + 2);
    if (size < 2) return undefined;
    // SOF0–SOF15, without the tables that share their range
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) frame = true;
    at += 2 + size;
    if (marker === 0xda) {
      scan = true;
      at = endOfScan(bytes, at);
    }
  }
  return undefined;
}

/** The next marker behind coded pixels, where FF00 is a stuffed byte and FFD0–FFD7 are restarts. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1];
    if (marker === undefined) break;
    if (marker !== 0x00 && marker !== 0xff && !(marker >= 0xd0 && marker <= 0xd7)) return at;
  }
  return bytes.length;
}
