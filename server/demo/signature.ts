/** A name as a finger draws it: a PNG made by arithmetic, because the demo brings no pictures along. */
import { crc32, deflateSync } from 'node:zlib';

const [WIDTH, HEIGHT] = [420, 140];
const PEN = 2.2;

/** As the widget's pad would send it: base64. */
export function drawnSignature(): string {
  const pixels = Buffer.alloc(WIDTH * HEIGHT, 255);
  for (let step = 0; step <= 2500; step++) {
    const along = step / 2500;
    const turn = along * Math.PI * 14;
    // Loops that get flatter, as a name does when it is written often.
    dot(pixels, 36 + along * 330 + 15 * Math.cos(turn), 66 + 34 * (1 - 0.75 * along) * Math.sin(turn));
    dot(pixels, 60 + along * 300, 116 - 16 * along + 3 * Math.sin(along * 9));
  }
  return png(pixels).toString('base64');
}

/** Dark in the middle, softer at the edge. */
function dot(pixels: Buffer, x: number, y: number): void {
  for (let row = Math.floor(y - PEN); row <= Math.ceil(y + PEN); row++)
    for (let column = Math.floor(x - PEN); column <= Math.ceil(x + PEN); column++) {
      const ink = Math.min(1, Math.max(0, PEN - Math.hypot(column - x, row - y)));
      const at = row * WIDTH + column;
      if (row >= 0 && row < HEIGHT && column >= 0 && column < WIDTH) pixels[at] = Math.min(pixels[at]!, Math.round(255 - ink * 230));
    }
}

/** Eight bits of grey. */
function png(pixels: Buffer): Buffer {
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  head.writeUInt32BE(WIDTH, 0);
  head.writeUInt32BE(HEIGHT, 4);
  const rows = Array.from({ length: HEIGHT }, (_, row) => Buffer.concat([Buffer.from([0]), pixels.subarray(row * WIDTH, (row + 1) * WIDTH)]));
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.concat(rows))), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, sum]);
}
