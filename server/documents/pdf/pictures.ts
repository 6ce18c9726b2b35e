/** Pictures that may be drawn: read once before pdfkit does, because a broken one would take the whole document with it. */
import { inflateSync } from 'node:zlib';
import type { Branding } from './task.ts';

/** 2,000 × 2,000, as large as a logo may be. */
const MOST_PIXELS = 4_000_000;
/** Values a pixel has, by colour type. */
const channels: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** The bytes of a PNG or JPEG that can be drawn, else undefined. */
export function drawable(base64: string): Buffer | undefined {
  const bytes = Buffer.from(base64, 'base64');
  try {
    if (bytes.readUInt32BE(0) === 0x89504e47) return isWholePng(bytes) ? bytes : undefined;
    return bytes.readUInt16BE(0) === 0xffd8 && isSizedJpeg(bytes) ? bytes : undefined;
  } catch {
    return undefined;
  }
}

export const logoOf = ({ logo }: Branding): Buffer | undefined => (logo ? drawable(logo.base64) : undefined);

/** Whether its pixels unpack to what its head says. */
function isWholePng(bytes: Buffer): boolean {
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const [depth, color, interlaced] = [bytes.readUInt8(24), bytes.readUInt8(25), bytes.readUInt8(28)];
  const perPixel = channels[color];
  if (!perPixel || ![1, 2, 4, 8, 16].includes(depth) || width < 1 || height < 1 || width * height > MOST_PIXELS) return false;
  const packed: Buffer[] = [];
  let palette = false;
  for (let at = 8; at < bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (at + 12 + size > bytes.length) return false;
    if (name === 'IDAT') packed.push(bytes.subarray(at + 8, at + 8 + size));
    if (name === 'PLTE') palette = size >= 3 && size <= 768 && size % 3 === 0;
    if (name === 'IEND') break;
    at += 12 + size;
  }
  if (color === 3 && !palette) return false;
  const passes = interlaced ? 7 : 1;
  const stride = Math.ceil((width * perPixel * depth) / 8) + 1;
  const pixels = inflateSync(Buffer.concat(packed), { maxOutputLength: stride * height * 2 + passes * height + 1024 });
  if (interlaced) return pixels.length > 0;
  if (pixels.length < stride * height) return false;
  for (let row = 0; row < height; row += 1) if (pixels[row * stride]! > 4) return false;
  return true;
}

/** Whether there is a frame with a size before the pixels. */
function isSizedJpeg(bytes: Buffer): boolean {
  for (let at = 2; at + 10 < bytes.length; ) {
    if (bytes[at] !== 0xff) return false;
    const marker = bytes[at + 1]!;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const [height, width, parts] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7), bytes.readUInt8(at + 9)];
      return width > 0 && height > 0 && width * height <= MOST_PIXELS && [1, 3, 4].includes(parts);
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return false;
}
