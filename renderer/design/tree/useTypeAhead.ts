import { type KeyboardEvent, useRef } from 'react'
import { nothingTyped, typeOn } from './type-ahead.ts'

/** Gives a function that takes every key press of a list: the text typed so far when the key is a part of it, else null. */
export function useTypeAhead(): (event: KeyboardEvent) => string | null {
  const typed = useRef(nothingTyped)
  return ({ key, ctrlKey, metaKey, altKey, timeStamp: atMs }) => {
    const before = typed.current
    typed.current = typeOn(before, { key, isChord: ctrlKey || metaKey || altKey, atMs })
    return typed.current === before || typed.current === nothingTyped ? null : typed.current.text
  }
}
