/** The sign on the button of every disc drive. */
export function EjectSign({ sizePx }: { sizePx: number }) {
  return (
    <svg width={sizePx} height={sizePx} viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
      <path d="M12 4.5 20.5 14h-17Z" />
      <rect x="3.5" y="16.5" width="17" height="3" rx="1" />
    </svg>
  )
}
