import { useId } from 'react'

/** The app's sign: a sheet with a folded corner that holds a disc. */
export function Logo({ sizePx }: { sizePx: number }) {
  const plate = useId()
  return (
    <svg width={sizePx} height={sizePx} viewBox="24 24 464 464" aria-hidden="true" focusable="false">
      <defs>
        <linearGradient id={plate} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#7d7bff" />
          <stop offset="1" stopColor="#3f37bd" />
        </linearGradient>
      </defs>
      <path d="M112 24H348L488 164V400A88 88 0 0 1 400 488H112A88 88 0 0 1 24 400V112A88 88 0 0 1 112 24Z" fill={`url(#${plate})`} />
      <path d="M348 24L488 164H396A48 48 0 0 1 348 116Z" fill="#dedeff" />
      <circle cx="240" cy="268" r="160" fill="#eeeefc" />
      <circle cx="240" cy="268" r="66" fill="#5f5af0" />
      <circle cx="240" cy="268" r="28" fill="#ffffff" />
    </svg>
  )
}
