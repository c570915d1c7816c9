import { formatExactBytes, formatSize } from '../words/amounts.ts'

/** A size in decimal units; the exact bytes on hover. */
export function Size({ bytes, className }: { bytes: number; className?: string | undefined }) {
  return (
    <span className={className} title={formatExactBytes(bytes)}>
      {formatSize(bytes)}
    </span>
  )
}
