import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { say } from '../words/say.ts'
import { Button, IconButton } from './Button.tsx'

const CONFIRM_MS = 2000

interface Props {
  readonly text: string
  /** What is copied, for the button's name: `Copy SHA-256`. */
  readonly label: string
  /** With its words beside the picture. */
  readonly wordy?: boolean
}

/** Copies text and says for a moment that it did. */
export function CopyButton({ text, label, wordy = false }: Props) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), CONFIRM_MS)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async () => {
    const reply = await window.isomer.clipboard.writeText({ text })
    setCopied(reply.ok)
  }
  const picture = copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />
  const name = copied ? say('common.copied') : label
  return wordy ? (
    <Button look="quiet" onPress={() => void copy()}>
      {picture}
      {name}
    </Button>
  ) : (
    <IconButton label={name} onPress={() => void copy()}>
      {picture}
    </IconButton>
  )
}
