/** What the scripts say: a JSON object on each line. */
import * as v from 'valibot'

const number = v.number()
const text = v.string()

const scriptEvent = v.variant('event', [
  v.object({
    event: v.literal('drive'),
    letter: text,
    vendor: text,
    model: text,
    revision: text,
    /** As Windows calls the drive, for those that IMAPI2 does not know. */
    caption: text,
    hasDisc: v.boolean(),
    label: text,
    /** Negative when it is not told. */
    lengthBytes: number,
    /** Of MMC: those that are current. */
    profiles: v.array(number),
    physicalType: number,
    status: number,
    isBlank: v.boolean(),
    totalSectors: number,
    freeSectors: number,
    /** Sectors in a second. */
    speeds: v.array(number),
  }),
  /** IDiscFormat2DataEventArgs; negative numbers are not told in this phase. */
  v.object({
    event: v.literal('write'),
    action: number,
    startSector: number,
    sectorCount: number,
    writtenSector: number,
    elapsedSeconds: number,
    remainingSeconds: number,
    bufferBytes: number,
    bufferUsedBytes: number,
  }),
  /** Bytes of the image that were asked for. */
  v.object({ event: v.literal('read'), bytes: number }),
  v.object({ event: v.literal('erase'), elapsedSeconds: number, totalSeconds: number }),
  v.object({
    event: v.literal('disk'),
    number,
    model: text,
    serial: text,
    sizeBytes: number,
    sectorBytes: number,
    bus: text,
    isSystem: v.boolean(),
    isReadOnly: v.boolean(),
    /** `E:`. */
    letters: v.array(text),
    labels: v.array(text),
  }),
  v.object({ event: v.literal('changed') }),
  v.object({ event: v.literal('done') }),
  v.object({ event: v.literal('failed'), hresult: number, message: text }),
  v.object({ event: v.literal('refused'), reason: text, what: text }),
])

export type ScriptEvent = v.InferOutput<typeof scriptEvent>
export type EventOf<K extends ScriptEvent['event']> = Extract<ScriptEvent, { event: K }>

/** Null for a line that is no event. */
export function parseScriptLine(line: string): ScriptEvent | null {
  if (!line.startsWith('{')) return null
  try {
    const parsed = v.safeParse(scriptEvent, JSON.parse(line))
    return parsed.success ? parsed.output : null
  } catch {
    return null // not JSON
  }
}

/** Those of one kind, in their order. */
export function eventsOf<K extends ScriptEvent['event']>(kind: K, output: string): EventOf<K>[] {
  return output
    .split('\n')
    .map((line) => parseScriptLine(line.trim()))
    .filter((event): event is EventOf<K> => event?.event === kind)
}
