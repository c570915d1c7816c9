import { Disc3, FolderOpen } from 'lucide-react'
import { formatCount, formatSize } from '../../../../shared/format.ts'
import { Button } from '../../../design/Button.tsx'
import { Name } from '../../../design/Name.tsx'
import type { BurnChoice } from '../../../stores/drives.ts'
import { answerOf } from '../../../stores/notices.ts'
import { isStaged, useStaging } from '../../../stores/staging.ts'
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
        <FolderOpen size={16} aria-hidden /> Choose an image…
      </Button>
      {canStage && (
        <Button onPress={() => onChoose({ is: 'staged' })}>
          <Disc3 size={16} aria-hidden /> What is put together: <Name>{summary.label}</Name>
        </Button>
      )}
    </Chosen>
  )
}

function nameOf(source: BurnChoice | null, label: string) {
  if (source === null) return 'Not chosen yet'
  return <Name>{source.is === 'image' ? source.name : label}</Name>
}

function whereOf(source: BurnChoice | null, sizeBytes: number | null, files: number) {
  if (source === null) return 'An image file, or what you put together in New image.'
  const size = sizeBytes === null ? '' : `${formatSize(sizeBytes)} · `
  if (source.is === 'image')
    return (
      <>
        {size}
        <Name>{source.displayPath}</Name>
      </>
    )
  return `${size}${formatCount(files, 'file', 'files')}, laid out while they are burned, without an image in between`
}
