import { Disc3, FolderOpen } from 'lucide-react'
import { Button } from '../../../design/Button.tsx'
import { Name } from '../../../design/Name.tsx'
import { Path } from '../../../design/Path.tsx'
import type { BurnChoice } from '../../../stores/drives.ts'
import { answerOf } from '../../../stores/notices.ts'
import { isStaged, useStaging } from '../../../stores/staging.ts'
import { formatSize } from '../../../words/amounts.ts'
import { say, sayNodes } from '../../../words/say.ts'
import { Chosen } from '../Step.tsx'

interface Props {
  readonly source: BurnChoice | null
  readonly sizeBytes: number | null
  readonly onChoose: (source: BurnChoice) => void
}

/** An image file, or what is put together in the window, which needs no image in between. */
export function BurnSourceChoice({ source, sizeBytes, onChoose }: Props) {
  const summary = useStaging((state) => state.summary)
  const canStage = summary !== null && isStaged(summary) && source?.is !== 'staged'
  const choose = async () => {
    const [image] = (await answerOf(window.isomer.browse.pick())) ?? []
    if (image) onChoose({ is: 'image', token: image.token, name: image.name, displayPath: image.displayPath })
  }
  return (
    <Chosen name={nameOf(source, summary?.label ?? '')} where={whereOf(source, sizeBytes, summary?.files ?? 0)}>
      <Button onPress={() => void choose()}>
        <FolderOpen size={16} aria-hidden /> {say('drives.choose-image')}
      </Button>
      {canStage && (
        <Button onPress={() => onChoose({ is: 'staged' })}>
          <Disc3 size={16} aria-hidden /> <span>{sayNodes('drives.burn.staged', { label: <Name>{summary.label}</Name> })}</span>
        </Button>
      )}
    </Chosen>
  )
}

function nameOf(source: BurnChoice | null, label: string) {
  if (source === null) return say('drives.not-chosen')
  return <Name>{source.is === 'image' ? source.name : label}</Name>
}

function whereOf(source: BurnChoice | null, sizeBytes: number | null, files: number) {
  if (source === null) return say('drives.burn.source')
  const size = sizeBytes === null ? '' : `${formatSize(sizeBytes)} · `
  if (source.is === 'image')
    return (
      <>
        {size}
        <Path>{source.displayPath}</Path>
      </>
    )
  return `${size}${say('drives.burn.staged.detail', { count: files })}`
}
