/** Property lists, as `diskutil` prints them with -plist. */
import { parse } from 'plist'
import * as v from 'valibot'

/** Null for what is none, or has another shape. */
export function readPropertyList<S extends v.GenericSchema>(schema: S, xml: string): v.InferOutput<S> | null {
  // The library writes to the console about anything else; programs print warnings before the list.
  const start = xml.indexOf('<?xml')
  if (start === -1 || !xml.includes('<plist')) return null
  try {
    const parsed = v.safeParse(schema, parse(xml.slice(start)))
    return parsed.success ? parsed.output : null
  } catch {
    return null // not a property list
  }
}
