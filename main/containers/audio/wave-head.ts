/** The head of a RIFF WAVE file of CD sound. */

export const WAVE_HEAD_BYTES = 44
const RATE = 44_100
const SAMPLE_BYTES = 4

export function waveHead(samplesBytes: number): Buffer {
  const head = Buffer.alloc(WAVE_HEAD_BYTES)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(samplesBytes + WAVE_HEAD_BYTES - 8, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(2, 22)
  head.writeUInt32LE(RATE, 24)
  head.writeUInt32LE(RATE * SAMPLE_BYTES, 28)
  head.writeUInt16LE(SAMPLE_BYTES, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(samplesBytes, 40)
  return head
}
