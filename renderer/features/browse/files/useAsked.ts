import { useEffect, useState } from 'react'
import type { Reply } from '../../../../shared/ipc.ts'
import type { ProblemReport } from '../../../../shared/problem.ts'

export type Asked<T> =
  | { readonly is: 'asking' }
  | { readonly is: 'there'; readonly value: T }
  | { readonly is: 'failed'; readonly problem: ProblemReport }

/**
 * The answer to a question that depends on `key`; asked anew when that changes, after a pause, for somebody may be passing
 * by with the arrow keys. Null asks nothing.
 */
export function useAsked<T>(key: string | null, ask: () => Promise<Reply<T>>, pauseMs = 80): Asked<T> {
  const [answered, setAnswered] = useState<{ key: string; asked: Asked<T> } | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says when the question is another one
  useEffect(() => {
    if (key === null) return
    let isOver = false
    const timer = setTimeout(async () => {
      const reply = await ask()
      if (isOver) return
      setAnswered({ key, asked: reply.ok ? { is: 'there', value: reply.value } : { is: 'failed', problem: reply.problem } })
    }, pauseMs)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [key, pauseMs])
  return answered !== null && answered.key === key ? answered.asked : { is: 'asking' }
}
