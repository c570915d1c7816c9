/** Names come from outside and may hold characters that hide, reorder or break a line; here they become visible. */

const NAMED = new Map<number, string>([
  [0xad, 'SHY'],
  [0x61c, 'ALM'],
  [0x180e, 'MVS'],
  [0x200b, 'ZWSP'],
  [0x200e, 'LRM'],
  [0x200f, 'RLM'],
  [0x2028, 'LS'],
  [0x2029, 'PS'],
  [0x202a, 'LRE'],
  [0x202b, 'RLE'],
  [0x202c, 'PDF'],
  [0x202d, 'LRO'],
  [0x202e, 'RLO'],
  [0x2060, 'WJ'],
  [0x2066, 'LRI'],
  [0x2067, 'RLI'],
  [0x2068, 'FSI'],
  [0x2069, 'PDI'],
  [0xfeff, 'BOM'],
])

// Joiners (U+200C, U+200D) stay: Persian words and many emoji are spelt with them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const SUSPECT = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]|^ | $/g
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

function symbolFor(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  if (code === 0x20) return '␣'
  if (code === 0x7f) return '␡'
  return `‹${NAMED.get(code) ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`}›`
}

/** The name as it can safely be shown: control, direction and zero-width characters and outer spaces as visible symbols. */
export function visibleName(name: string): string {
  return name.replace(SUSPECT, symbolFor).replace(LONE_SURROGATE, '\ufffd')
}
