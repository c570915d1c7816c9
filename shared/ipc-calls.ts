/** What the table in ipc.ts is made of: questions with their checked arguments, and news. */
import type * as v from 'valibot'

/** A question from the window. */
export interface Ask<A extends v.GenericSchema, R> {
  readonly kind: 'ask'
  readonly argument: A
  /** `preload` calls are made by the preload script alone and are not handed to the page. */
  readonly from: 'page' | 'preload'
  /** Only a type: never there at run time. */
  readonly answer?: R
}
/** News from main. */
export interface Tell<P> {
  readonly kind: 'tell'
  readonly payload?: P
}

export const ask =
  <R>() =>
  <const A extends v.GenericSchema>(argument: A, from: 'page' | 'preload' = 'page'): Ask<A, R> => ({ kind: 'ask', argument, from })
export const tell = <P>(): Tell<P> => ({ kind: 'tell' })
