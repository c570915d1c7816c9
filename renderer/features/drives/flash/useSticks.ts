import { useEffect, useState } from 'react'
import type { StickRow } from '../../../../shared/drive-rows.ts'
import type { ProblemReport } from '../../../../shared/problem.ts'

/** No system tells of every card that is put in; looking costs next to nothing. */
const LOOK_AGAIN_MS = 2500

export interface SticksSeen {
  /** Null until they were looked at. */
  readonly sticks: readonly StickRow[] | null
  readonly problem: ProblemReport | null
}

/** The sticks and cards, looked at again and again while somebody sees them. */
export function useSticks(): SticksSeen {
  const [seen, setSeen] = useState<SticksSeen>({ sticks: null, problem: null })
  useEffect(() => {
    let isOver = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async () => {
      const reply = await window.isomer.flash.sticks()
      if (isOver) return
      setSeen(reply.ok ? { sticks: reply.value, problem: null } : { sticks: null, problem: reply.problem })
      if (reply.ok) timer = setTimeout(() => void look(), LOOK_AGAIN_MS)
    }
    void look()
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [])
  return seen
}
